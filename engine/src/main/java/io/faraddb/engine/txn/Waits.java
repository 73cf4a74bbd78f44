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
    private static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);

    private Waits() {}

    /**
     * Waits for an answer, not for ever.
     *
     * @throws SqlException that the future failed with, or 57014 when it takes too long
     */
    public static <T> T join(CompletableFuture<T> future) {
        return join(future, SITE_ANSWER_MAX);
    }

    /**
     * Waits for a log to be replayed, however long that takes.
     *
     * @throws SqlException that the future failed with
     */
    public static <T> T joinReplay(CompletableFuture<T> future) {
        return join(future, FOR_EVER);
    }

    private static <T> T join(CompletableFuture<T> future, Duration max) {
        try {
            return future.get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw causeOf(failure);
        } catch (TimeoutException late) {
            throw new SqlException(
                    ErrorCode.QUERY_CANCELED,
                    "a partition did not answer within " + max.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SqlException(ErrorCode.QUERY_CANCELED, "canceling statement");
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
}
