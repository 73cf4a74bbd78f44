package io.faraddb.shell.connect;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The cluster that a command means: its SQL and its REST.
 *
 * @param target where it is, with the password if there is one
 * @param rest its resources
 */
public record Cluster(Target target, RestApi rest) {

    private static final int CONNECT_SECONDS_MAX = 10;

    static Cluster of(Target target, @Nullable PrintWriter trace) {
        return new Cluster(target, new RestApi(target, trace));
    }

    /** Logs in for SQL. Statements go as they are given: the driver neither cuts nor rewrites. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", target.user());
        properties.setProperty("ApplicationName", "farad");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS_MAX));
        properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS_MAX));
        properties.setProperty("tcpKeepAlive", "true");
        String password = target.password();
        if (password != null) {
            properties.setProperty("password", password);
        }
        Path certificate = target.certificate();
        if (certificate != null && !target.rest().contains("ssl")) {
            properties.setProperty("sslmode", "verify-ca");
            properties.setProperty("sslrootcert", certificate.toString());
        }
        Connection connection = new Driver().connect(target.jdbcUrl(), properties);
        if (connection == null) {
            throw ShellFailure.usage(target.jdbcUrl() + " is no PostgreSQL address", null);
        }
        return connection;
    }
}
