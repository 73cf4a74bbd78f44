package io.faraddb.shell.sql;

import io.faraddb.shell.connect.Cluster;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** A connection that is opened when it is needed, and again when it was lost. */
public final class SqlSession implements AutoCloseable {

    private final Cluster cluster;
    private @Nullable Connection connection;
    private boolean lost;

    public SqlSession(Cluster cluster) {
        this.cluster = cluster;
    }

    public Cluster cluster() {
        return cluster;
    }

    /** The connection, logged in. */
    public Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            lost |= open != null;
            open = cluster.connect();
            connection = open;
        }
        return open;
    }

    /** Whether a connection was lost and opened again since this was asked last. */
    public boolean wasLost() {
        boolean was = lost;
        lost = false;
        return was;
    }

    /** Where the session stands with its transaction block. */
    public TransactionState transaction() throws SQLException {
        Connection open = connection;
        return open == null || open.isClosed()
                ? TransactionState.IDLE
                : open.unwrap(BaseConnection.class).getTransactionState();
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
