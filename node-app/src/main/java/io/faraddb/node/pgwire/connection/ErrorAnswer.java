package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.error.SqlException;
import io.faraddb.node.pgwire.codec.BackendWriter;

/** What the protocol layer or a plan refused. */
record ErrorAnswer(SqlException error) implements Answer {

    /** Whether the connection ends with it. */
    static boolean isFatal(SqlException error) {
        return switch (error.code()) {
            case ADMIN_SHUTDOWN, CANNOT_CONNECT_NOW, IDLE_IN_TRANSACTION_SESSION_TIMEOUT -> true;
            default -> false;
        };
    }

    @Override
    public Progress write(Output out) {
        BackendWriter.error(out.buffer(), "ERROR", error);
        return Progress.FAILED;
    }
}
