package io.faraddb.engine.txn;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for a site, bounded. */
public final class Waits {

    private static final Duration SITE_ANSWER_MAX = Duration.ofSeconds(30);

    private Waits() {}

    /**
     * @throws SqlException that the future failed with, or 57014 when it takes too long
     */
    public static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get(SITE_ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new SqlException(
                    ErrorCode.INTERNAL_ERROR, "a site failed: " + failure.getCause());
        } catch (TimeoutException late) {
            throw new SqlException(
                    ErrorCode.QUERY_CANCELED,
                    "a partition did not answer within " + SITE_ANSWER_MAX.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SqlException(ErrorCode.QUERY_CANCELED, "canceling statement");
        }
    }
}
