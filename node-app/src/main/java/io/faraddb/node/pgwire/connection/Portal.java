package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.session.Prepared;
import io.faraddb.engine.session.Result;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A statement with its parameters; once run, also its rows and how far they were sent. */
final class Portal {

    final Statement statement;
    final @Nullable Object[] parameters;
    final short[] resultFormats;

    /** Counts the syncs before it was made: it lives no longer than its transaction. */
    final long sync;

    @Nullable CompletableFuture<Result> result;
    @Nullable ResultSender sender;

    Portal(Statement statement, @Nullable Object[] parameters, short[] resultFormats, long sync) {
        this.statement = statement;
        this.parameters = parameters;
        this.resultFormats = resultFormats;
        this.sync = sync;
    }

    Prepared prepared() {
        return statement.prepared;
    }
}
