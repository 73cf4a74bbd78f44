package io.faraddb.engine.sql.exec;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of an opened operator, pulled one at a time. */
@FunctionalInterface
public interface Rows {

    /** The next row, which the puller may keep; null at the end. */
    @Nullable Object @Nullable [] next();

    Rows NONE = () -> null;

    static Rows of(List<@Nullable Object[]> rows) {
        Iterator<@Nullable Object[]> iterator = rows.iterator();
        return () -> iterator.hasNext() ? iterator.next() : null;
    }

    static Rows of(@Nullable Object[] row) {
        return of(List.<@Nullable Object[]>of(row));
    }
}
