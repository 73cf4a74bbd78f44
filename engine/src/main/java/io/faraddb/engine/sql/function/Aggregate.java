package io.faraddb.engine.sql.function;

import io.faraddb.engine.type.SqlType;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function of the rows of a group.
 *
 * @param name lower case
 * @param parameters empty for count(*)
 */
public record Aggregate(
        String name, List<SqlType> parameters, SqlType result, Supplier<Accumulator> body) {

    public Aggregate {
        parameters = List.copyOf(parameters);
    }

    /** The state of one group. */
    public interface Accumulator {

        /** Takes a row's arguments, nulls too. */
        void add(@Nullable Object[] arguments);

        @Nullable Object result();

        /** Whether all arguments stay in memory until the result. */
        default boolean keepsArguments() {
            return false;
        }

        /**
         * Takes what another one of the same aggregate has seen, for partial aggregation.
         *
         * @return false if this aggregate can't, having changed nothing
         */
        default boolean merge(Accumulator other) {
            return false;
        }
    }
}
