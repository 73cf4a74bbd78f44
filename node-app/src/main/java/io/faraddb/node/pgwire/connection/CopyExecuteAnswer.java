package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.session.Result;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The answer to the run of a portal that is a COPY. */
final class CopyExecuteAnswer extends StreamAnswer {

    private final ExecuteAnswer answer;

    CopyExecuteAnswer(
            Connection connection,
            CompletableFuture<Result> work,
            Events events,
            ExecuteAnswer answer) {
        super(connection, work, events);
        this.answer = answer;
    }

    @Override
    public @Nullable CompletableFuture<?> pending() {
        CompletableFuture<?> work = super.pending();
        return work != null && work.isDone() ? answer.pending() : work;
    }

    @Override
    Progress end(Output out) {
        Progress progress = answer.write(out);
        if (progress == Progress.DONE || progress == Progress.FAILED) {
            connection.unblock();
        }
        return progress;
    }
}
