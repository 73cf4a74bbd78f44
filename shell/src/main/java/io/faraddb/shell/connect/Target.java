package io.faraddb.shell.connect;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A cluster and who wants in.
 *
 * @param host of the PostgreSQL protocol
 * @param rest of its JDBC URL, from the slash before the database on
 * @param httpUrl of REST, without a slash at the end
 * @param password null where it has to be asked for
 * @param certificate file with the node's own, in PEM; null if it uses none or is not known
 */
public record Target(
        String host,
        int port,
        String rest,
        String httpUrl,
        String user,
        @Nullable String password,
        @Nullable Path certificate) {

    /** One without a certificate of its own. */
    public Target(
            String host,
            int port,
            String rest,
            String httpUrl,
            String user,
            @Nullable String password) {
        this(host, port, rest, httpUrl, user, password, null);
    }

    /** For the driver. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + rest;
    }

    /** The database's name. */
    public String database() {
        int end = rest.indexOf('?');
        String path = end < 0 ? rest : rest.substring(0, end);
        return path.length() > 1 ? path.substring(1) : user;
    }

    /** Whether the URL asks for encryption. */
    public boolean encrypted() {
        return rest.contains("ssl=true") || rest.contains("sslmode=") && !rest.contains("disable");
    }

    /** The same with a password. */
    public Target withPassword(String known) {
        return new Target(host, port, rest, httpUrl, user, known, certificate);
    }

    /** Without the password, which belongs in no message. */
    @Override
    public String toString() {
        return user + " at " + jdbcUrl();
    }
}
