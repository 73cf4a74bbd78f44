package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.error.SqlException;
import io.faraddb.node.pgwire.codec.BackendWriter;

/** What the protocol layer or a plan refused. */
record ErrorAnswer(SqlException error) implements Answer {

    @Override
    public Progress write(Output out) {
        BackendWriter.error(out.buffer(), "ERROR", error);
        return Progress.FAILED;
    }
}
