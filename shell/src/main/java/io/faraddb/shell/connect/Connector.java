package io.faraddb.shell.connect;

import java.io.Console;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Opens connections to a cluster. */
public final class Connector {

    private static final int CONNECT_SECONDS_MAX = 10;

    /** Logs in, asking for the password where none is known and somebody is there to ask. */
    public Connection connect(Target target) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", target.user());
        properties.setProperty("ApplicationName", "farad");
        // Statements go as they are typed, whole: the driver neither cuts nor rewrites them.
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS_MAX));
        properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS_MAX));
        properties.setProperty("tcpKeepAlive", "true");
        String password = target.password() != null ? target.password() : ask(target);
        if (password != null) {
            properties.setProperty("password", password);
        }
        Connection connection = new Driver().connect(target.jdbcUrl(), properties);
        if (connection == null) {
            throw ShellFailure.usage(target.jdbcUrl() + " is no PostgreSQL address", null);
        }
        return connection;
    }

    private static @Nullable String ask(Target target) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return null;
        }
        char[] password = console.readPassword("Password of %s: ", target.user());
        return password == null ? null : new String(password);
    }
}
