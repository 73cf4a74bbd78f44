package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows and keys in the details of errors, as PostgreSQL words them. */
public final class ValueText {

    private static final int CHARACTERS_MAX = 64;

    private ValueText() {}

    static String failingRow(TableDef table, @Nullable Object[] values) {
        return IntStream.of(table.visibleColumns())
                .mapToObj(i -> text(table.columns().get(i).type(), values[i]))
                .collect(Collectors.joining(", ", "Failing row contains (", ")."));
    }

    static String keyExists(TableDef table, List<Integer> columns, @Nullable Object[] values) {
        return key(table, columns, values) + " already exists.";
    }

    /** Of an index that cannot be made. */
    public static String keyIsDuplicated(
            TableDef table, IndexDef index, @Nullable Object[] values) {
        return key(table, columns(index), values) + " is duplicated.";
    }

    private static String key(TableDef table, List<Integer> columns, @Nullable Object[] values) {
        String names =
                columns.stream()
                        .map(i -> table.columns().get(i).name())
                        .collect(Collectors.joining(", "));
        String texts =
                columns.stream()
                        .map(i -> text(table.columns().get(i).type(), values[i]))
                        .collect(Collectors.joining(", "));
        return "Key (" + names + ")=(" + texts + ")";
    }

    static List<Integer> columns(IndexDef index) {
        return index.columns().stream().map(IndexDef.IndexColumn::column).toList();
    }

    private static String text(SqlType type, @Nullable Object value) {
        if (value == null) {
            return "null";
        }
        String text = TextFormat.format(type, value, FormatSettings.DEFAULT);
        return text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + "...";
    }
}
