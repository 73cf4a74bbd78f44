package io.faraddb.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a query. */
public interface Rows extends Iterable<Row> {

    List<String> columns();

    int size();

    /**
     * @param index 0-based
     */
    Row row(int index);

    default boolean isEmpty() {
        return size() == 0;
    }

    /** The first row; null if there is none. */
    default @Nullable Row first() {
        return isEmpty() ? null : row(0);
    }

    /**
     * The only row.
     *
     * @throws IllegalStateException unless there is exactly one
     */
    default Row single() {
        if (size() != 1) {
            throw new IllegalStateException("one row was expected, there are " + size());
        }
        return row(0);
    }
}
