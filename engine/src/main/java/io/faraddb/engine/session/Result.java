package io.faraddb.engine.session;

import io.faraddb.engine.sql.bind.Relation.Field;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a statement gave: whole, or its beginning if it is a read whose rows come as they are taken.
 *
 * @param tag as CommandComplete carries it, such as {@code INSERT 0 1}; it counts the rows given
 *     here
 * @param fields columns of the rows; null if the statement gives none
 * @param rows values as {@link io.faraddb.engine.type.TypeKind} documents them
 * @param more gives the rows behind these; null if these are all
 * @param copy how to send the rows if the statement is COPY TO; null otherwise
 */
public record Result(
        String tag,
        @Nullable List<Field> fields,
        List<@Nullable Object[]> rows,
        @Nullable RowStream more,
        @Nullable CopyOptions copy) {

    /** A result that is whole, for a client that takes rows as they are. */
    public Result(String tag, @Nullable List<Field> fields, List<@Nullable Object[]> rows) {
        this(tag, fields, rows, null, null);
    }

    /** The tag of a read or COPY that has given so many rows. */
    public String tag(long given) {
        return tag.substring(0, tag.lastIndexOf(' ') + 1) + given;
    }

    /** A result without rows. */
    public static Result command(String tag) {
        return new Result(tag, null, List.of());
    }

    /**
     * Hands out the rows one by one, waiting for those that are still to be computed.
     *
     * @param taker false when it does not take a row and wants no more
     * @return whether all were taken
     * @throws io.faraddb.engine.error.SqlException if a row can't be computed
     */
    public boolean takeRows(Predicate<@Nullable Object[]> taker) {
        if (!rows.stream().allMatch(taker)) {
            return false;
        }
        boolean taken = true;
        for (RowStream stream = more; stream != null && taken; ) {
            RowStream.Part part = joined(stream.next());
            taken = part.rows().stream().allMatch(taker);
            stream = part.last() ? null : stream;
        }
        return taken;
    }

    private static RowStream.Part joined(CompletableFuture<RowStream.Part> part) {
        try {
            return part.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }
}
