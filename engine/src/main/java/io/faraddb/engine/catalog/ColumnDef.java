package io.faraddb.engine.catalog;

import io.faraddb.engine.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table. Its place in the table's list never changes: a dropped column stays there.
 *
 * @param defaultText the DEFAULT expression as SQL text; null without one
 * @param missingValue what rows have that were written before the column was added
 * @param dropped gone from SQL; old rows still hold its bytes
 */
public record ColumnDef(
        String name,
        SqlType type,
        boolean notNull,
        @Nullable String defaultText,
        @Nullable Object missingValue,
        boolean dropped) {

    public static ColumnDef of(String name, SqlType type, boolean notNull) {
        return new ColumnDef(name, type, notNull, null, null, false);
    }
}
