package io.faraddb.engine.sql.function;

import org.jspecify.annotations.Nullable;

/**
 * A change of type. Found once by {@code Casts.find(from, to, explicit)}, applied to each value.
 */
@FunctionalInterface
public interface Cast {

    /**
     * @param value not null
     * @throws io.faraddb.engine.error.SqlException if the value has no counterpart
     */
    @Nullable Object apply(Object value, CallContext context);
}
