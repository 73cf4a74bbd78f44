package io.faraddb.engine.txn;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for a site. */
public final class Waits {

    private static final Duration SITE_ANSWER_MAX = Duration.ofSeconds(30);

    private Waits() {}

    /**
     * Waits for an answer, not for ever.
     *
     * @throws SqlException that the future failed with, or 57014 when it takes too long
     */
    public static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get(SITE_ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw causeOf(failure);
        } catch (TimeoutException late) {
            throw new SqlException(
                    ErrorCode.QUERY_CANCELED,
                    "a partition did not answer within " + SITE_ANSWER_MAX.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    /**
     * Waits for a log to be replayed, however long that takes.
     *
     * @throws SqlException that the future failed with
     */
    public static <T> T joinReplay(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw causeOf(failure);
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private static RuntimeException causeOf(ExecutionException failure) {
        return switch (failure.getCause()) {
            case RuntimeException cause -> cause;
            case IOException cause ->
                    new SqlException(ErrorCode.IO_ERROR, "a partition's log failed: " + cause);
            case null, default ->
                    new SqlException(
                            ErrorCode.INTERNAL_ERROR, "a site failed: " + failure.getCause());
        };
    }

    private static SqlException interrupted() {
        Thread.currentThread().interrupt();
        return new SqlException(ErrorCode.QUERY_CANCELED, "canceling statement");
    }
}
