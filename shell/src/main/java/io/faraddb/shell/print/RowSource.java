package io.faraddb.shell.print;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as they come, so that a printer need not hold them all. */
@FunctionalInterface
public interface RowSource {

    /** The next row, or null after the last. A null value is SQL's null. */
    @Nullable List<@Nullable String> next() throws Exception;

    /** The rows of a list. */
    static RowSource of(List<? extends List<@Nullable String>> rows) {
        Iterator<? extends List<@Nullable String>> iterator = rows.iterator();
        return () -> iterator.hasNext() ? iterator.next() : null;
    }
}
