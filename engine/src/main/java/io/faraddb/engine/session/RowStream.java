package io.faraddb.engine.session;

import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a read that are computed as they are asked for, part by part, from rows that nobody
 * changes. Whoever has one may forget it at any time: it holds no more than memory.
 */
public final class RowStream {

    private static final int PART_ROWS_MAX = 1_000;
    private static final long PART_BYTES_MAX = 1 << 20;

    private final Rows rows;
    private final Executor workers;
    private final Function<Throwable, RuntimeException> failures;

    /**
     * Some rows.
     *
     * @param rows values as {@link io.faraddb.engine.type.TypeKind} documents them
     * @param last whether no more come
     */
    public record Part(List<@Nullable Object[]> rows, boolean last) {}

    /**
     * @param workers compute all parts but the first
     * @param failures what a failure of theirs is told as
     */
    RowStream(Rows rows, Executor workers, Function<Throwable, RuntimeException> failures) {
        this.rows = rows;
        this.workers = workers;
        this.failures = failures;
    }

    /** The next part, computed by the caller. */
    Part read() {
        List<@Nullable Object[]> part = new ArrayList<>();
        long bytes = 0;
        while (part.size() < PART_ROWS_MAX && bytes < PART_BYTES_MAX) {
            @Nullable Object[] row = rows.next();
            if (row == null) {
                return new Part(part, true);
            }
            part.add(row);
            bytes += Holding.bytesOf(row);
        }
        return new Part(part, false);
    }

    /**
     * The next part. To be asked for when the one before is there, and only if that was not the
     * last.
     *
     * @return fails with {@link io.faraddb.engine.error.SqlException}
     */
    public CompletableFuture<Part> next() {
        CompletableFuture<Part> part = new CompletableFuture<>();
        workers.execute(() -> {
            try {
                part.complete(read());
            } catch (Throwable failure) {
                part.completeExceptionally(failures.apply(failure));
            }
        });
        return part;
    }

    /** The same, and something is told how many rows each part has. */
    RowStream counting(java.util.function.IntConsumer counter) {
        return new RowStream(
                () -> {
                    @Nullable Object[] row = rows.next();
                    if (row != null) {
                        counter.accept(1);
                    }
                    return row;
                },
                workers,
                failures);
    }
}
