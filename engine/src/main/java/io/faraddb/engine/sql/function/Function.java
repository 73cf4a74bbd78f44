package io.faraddb.engine.sql.function;

import io.faraddb.engine.type.SqlType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function or operator that gives one value for its arguments.
 *
 * <p>Comparison operators are named {@code =, <>, <, <=, >, >=} and compare two values of one Java
 * class; the planner knows them by these names.
 *
 * @param name lower case, or the operator
 * @param parameters their types; the binder has coerced the arguments to them
 * @param strict whether a null argument gives null without a call
 * @param volatility whether equal arguments give equal results
 */
public record Function(
        String name,
        List<SqlType> parameters,
        SqlType result,
        boolean strict,
        Volatility volatility,
        Body body) {

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");

    public Function {
        parameters = List.copyOf(parameters);
    }

    /** Whether it compares two values of one Java class by their order. */
    public boolean isComparison() {
        return parameters.size() == 2
                && COMPARISONS.contains(name)
                && parameters.get(0).kind().javaClass() == parameters.get(1).kind().javaClass();
    }

    /** PostgreSQL's three kinds. */
    public enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE
    }

    /** The computation. */
    @FunctionalInterface
    public interface Body {
        /**
         * @param arguments values as {@link io.faraddb.engine.type.TypeKind} documents them; none
         *     null if the function is strict
         */
        @Nullable Object call(@Nullable Object[] arguments, CallContext context);
    }
}
