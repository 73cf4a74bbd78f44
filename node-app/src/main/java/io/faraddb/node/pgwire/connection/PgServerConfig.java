package io.faraddb.node.pgwire.connection;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits and places of the PostgreSQL port.
 *
 * @param port 0 picks a free one
 * @param socket of clients of the same machine; null without one
 * @param eventLoops threads
 * @param connectionsMax logged in at a time
 * @param authenticationTimeout from connect to the end of the log-in
 * @param messageBytesMax one message of a client that logged in
 * @param writeBufferBytesMax what a client may leave unread before it is read from no more
 * @param writeStallTimeout how long a client may leave it unread before it is cut off
 * @param plainRemoteAllowed whether clients of other machines may come without TLS
 */
public record PgServerConfig(
        String bind,
        int port,
        @Nullable SocketPlace socket,
        int eventLoops,
        int connectionsMax,
        Duration authenticationTimeout,
        int messageBytesMax,
        int writeBufferBytesMax,
        Duration writeStallTimeout,
        boolean plainRemoteAllowed) {

    /**
     * Where a Unix-domain socket is made.
     *
     * @param required whether the server refuses to start if it can't be made
     */
    public record SocketPlace(Path directory, boolean required) {}

    /** Before a log-in nobody may send a longer message. */
    public static final int LOGIN_MESSAGE_BYTES_MAX = 10_000;

    /** Connections that are not logged in yet, beside those that are. */
    public static final int LOGINS_MAX = 500;

    /** Answers of one connection that wait for the engine or for their turn. */
    public static final int ANSWERS_MAX = 4_096;

    /** Notices of one connection that wait to be sent; more are dropped. */
    public static final int NOTICES_MAX = 1_000;

    /** Results of a simple query that wait to be sent; then the query waits. */
    public static final int QUERY_RESULTS_MAX = 16;

    /** Prepared statements and portals of one connection, each. */
    public static final int STATEMENTS_MAX = 10_000;
}
