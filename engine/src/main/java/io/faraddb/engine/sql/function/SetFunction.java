package io.faraddb.engine.sql.function;

import io.faraddb.engine.type.SqlType;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that gives rows, such as generate_series.
 *
 * @param name lower case
 * @param columnNames of the rows
 * @param columnTypes of the rows
 */
public record SetFunction(
        String name,
        List<SqlType> parameters,
        List<String> columnNames,
        List<SqlType> columnTypes,
        Body body) {

    public SetFunction {
        parameters = List.copyOf(parameters);
        columnNames = List.copyOf(columnNames);
        columnTypes = List.copyOf(columnTypes);
    }

    /** The computation. */
    @FunctionalInterface
    public interface Body {
        /** Rows, made as they are asked for. */
        Iterator<@Nullable Object[]> call(@Nullable Object[] arguments, CallContext context);
    }
}
