package io.faraddb.shell.connect;

import org.jspecify.annotations.Nullable;

/**
 * A cluster and who wants in.
 *
 * @param jdbcUrl of the PostgreSQL protocol
 * @param httpUrl of REST, without a slash at the end
 * @param password null where it has to be asked for
 */
public record Target(String jdbcUrl, String httpUrl, String user, @Nullable String password) {

    /** Without the password, which belongs in no message. */
    @Override
    public String toString() {
        return user + " at " + jdbcUrl;
    }
}
