package io.faraddb.engine.session;

import io.faraddb.engine.sql.bind.Relation.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement gave.
 *
 * @param tag as CommandComplete carries it, such as {@code INSERT 0 1}
 * @param fields columns of the rows; null if the statement gives none
 * @param rows values as {@link io.faraddb.engine.type.TypeKind} documents them
 * @param copy how to send the rows if the statement is COPY TO; null otherwise
 */
public record Result(
        String tag,
        @Nullable List<Field> fields,
        List<@Nullable Object[]> rows,
        @Nullable CopyOptions copy) {

    /** A result without rows. */
    public static Result command(String tag) {
        return new Result(tag, null, List.of(), null);
    }
}
