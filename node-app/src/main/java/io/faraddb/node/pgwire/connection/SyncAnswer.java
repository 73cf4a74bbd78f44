package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.session.TransactionStatus;
import io.faraddb.node.engine.EngineFailure;
import io.faraddb.node.pgwire.codec.BackendWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** ReadyForQuery, and before it the failure of an implicit transaction's commit. */
final class SyncAnswer implements Answer {

    private final CompletableFuture<TransactionStatus> status;
    private final long sync;
    private final Connection connection;

    /**
     * @param sync which of the connection's syncs it answers
     */
    SyncAnswer(CompletableFuture<TransactionStatus> status, long sync, Connection connection) {
        this.status = status;
        this.sync = sync;
        this.connection = connection;
    }

    @Override
    public CompletableFuture<?> pending() {
        return status;
    }

    @Override
    public boolean isSync() {
        return true;
    }

    @Override
    public Progress write(Output out) {
        if (!status.isDone()) {
            return Progress.WAITING;
        }
        TransactionStatus told = TransactionStatus.IDLE;
        if (status.state() == Future.State.SUCCESS) {
            told = status.resultNow();
        } else {
            connection.writeError(EngineFailure.toSql(status.exceptionNow()));
        }
        BackendWriter.readyForQuery(out.buffer(), told.code());
        connection.ready(told, sync);
        return Progress.DONE;
    }
}
