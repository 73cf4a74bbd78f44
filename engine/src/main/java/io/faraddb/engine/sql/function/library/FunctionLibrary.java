package io.faraddb.engine.sql.function.library;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.Aggregate;
import io.faraddb.engine.sql.function.Cast;
import io.faraddb.engine.sql.function.CastContext;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.Function.Volatility;
import io.faraddb.engine.sql.function.SetFunction;
import io.faraddb.engine.sql.function.SqlTypeNames;
import io.faraddb.engine.sql.function.library.OverloadResolution.Choice;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All functions, operators and aggregates, found by name and types of arguments.
 *
 * <p>An argument of type unknown is a literal or parameter whose type is still open: what is
 * returned says by its parameters what it becomes. Immutable.
 */
public final class FunctionLibrary {

    private static final String FUNCTION_HINT =
            "No function matches the given name and argument types."
                    + " You might need to add explicit type casts.";

    private final Map<String, List<Overload<Function>>> functions;
    private final Map<String, List<Overload<Function>>> operators;
    private final Map<String, List<Overload<Aggregate>>> aggregates;
    private final Map<String, List<Overload<SetFunction>>> setFunctions;

    public FunctionLibrary(List<FunctionSource> sources) {
        Definitions definitions = new Definitions();
        sources.forEach(source -> source.define(definitions));
        functions = freeze(definitions.functions());
        operators = freeze(definitions.operators());
        aggregates = freeze(definitions.aggregates());
        setFunctions = freeze(definitions.setFunctions());
    }

    private FunctionLibrary(FunctionLibrary first, FunctionLibrary second) {
        functions = merge(first.functions, second.functions);
        operators = merge(first.operators, second.operators);
        aggregates = merge(first.aggregates, second.aggregates);
        setFunctions = merge(first.setFunctions, second.setFunctions);
    }

    /** This library's functions and those of more sources. */
    public FunctionLibrary with(FunctionSource... sources) {
        return new FunctionLibrary(this, new FunctionLibrary(List.of(sources)));
    }

    private static <T> Map<String, List<T>> freeze(Map<String, List<T>> map) {
        return map.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    private static <T> Map<String, List<T>> merge(
            Map<String, List<T>> first, Map<String, List<T>> second) {
        Map<String, List<T>> all = new HashMap<>(first);
        second.forEach((name, more) ->
                all.merge(
                        name,
                        more,
                        (old, added) -> {
                            List<T> both = new ArrayList<>(old);
                            both.addAll(added);
                            return List.copyOf(both);
                        }));
        return Map.copyOf(all);
    }

    /**
     * The function that a call means; a type's name with one argument is a cast.
     *
     * @param name lower case, without schema
     * @throws SqlException 42883 if there is none, 42725 if there are several
     */
    public Function resolveFunction(String name, List<SqlType> arguments) {
        List<SqlType> types = Types.bare(arguments);
        List<Overload<Function>> candidates = functions.getOrDefault(name, List.of());
        Overload<Function> exact = OverloadResolution.exact(candidates, types);
        if (exact != null) {
            return exact.bind(types);
        }
        Function cast = types.size() == 1 ? castFunction(name, types.getFirst()) : null;
        if (cast != null) {
            return cast;
        }
        Choice<Function> choice = OverloadResolution.choose(candidates, types);
        Overload<Function> chosen = choice.overload();
        if (chosen == null) {
            throw choice.ambiguous() ? ambiguous(name, types) : missing(name, types);
        }
        return chosen.bind(types);
    }

    private static @Nullable Function castFunction(String name, SqlType argument) {
        SqlType target = SqlTypeNames.find(name);
        if (target == null || !Casts.allowed(argument, target, CastContext.EXPLICIT)) {
            return null;
        }
        SqlType source = argument.kind() == TypeKind.UNKNOWN ? target : argument;
        Cast cast = Casts.find(source, target, true);
        return new Function(
                name,
                List.of(source),
                target,
                true,
                Volatility.STABLE,
                (values, context) -> values[0] == null ? null : cast.apply(values[0], context));
    }

    private static SqlException missing(String name, List<SqlType> arguments) {
        return new SqlException(
                        ErrorCode.UNDEFINED_FUNCTION,
                        "function " + call(name, arguments) + " does not exist")
                .hint(FUNCTION_HINT);
    }

    private static SqlException ambiguous(String name, List<SqlType> arguments) {
        return new SqlException(
                        ErrorCode.AMBIGUOUS_FUNCTION,
                        "function " + call(name, arguments) + " is not unique")
                .hint(
                        "Could not choose a best candidate function."
                                + " You might need to add explicit type casts.");
    }

    private static String call(String name, List<SqlType> arguments) {
        return arguments.stream()
                .map(SqlType::toString)
                .collect(Collectors.joining(", ", name + "(", ")"));
    }

    /**
     * The function behind an operator.
     *
     * @param left null for a prefix operator
     * @throws SqlException 42883 if there is none, 42725 if there are several
     */
    public Function resolveOperator(String symbol, @Nullable SqlType left, SqlType right) {
        String name = symbol.equals("!=") ? "<>" : symbol;
        List<SqlType> types =
                left == null
                        ? List.of(Types.bare(right))
                        : List.of(Types.bare(left), Types.bare(right));
        List<Overload<Function>> candidates = operators.getOrDefault(name, List.of());
        List<SqlType> assumed = assumeSame(types);
        Overload<Function> exact = OverloadResolution.exact(candidates, assumed);
        if (exact != null) {
            return exact.bind(assumed);
        }
        Choice<Function> choice = OverloadResolution.choose(candidates, types);
        Overload<Function> chosen = choice.overload();
        if (chosen == null) {
            throw operatorError(name, types, choice.ambiguous());
        }
        return chosen.bind(types);
    }

    /**
     * IS DISTINCT FROM, or with negated IS NOT DISTINCT FROM: equality for which a null is a value.
     *
     * @throws SqlException 42883 if the types have no equality
     */
    public Function resolveDistinct(SqlType left, SqlType right, boolean negated) {
        Function equality = resolveOperator("=", left, right);
        return new Function(
                negated ? "is not distinct from" : "is distinct from",
                equality.parameters(),
                SqlType.BOOLEAN,
                false,
                equality.volatility(),
                (arguments, context) -> {
                    boolean hasNull = arguments[0] == null || arguments[1] == null;
                    Object same =
                            hasNull
                                    ? arguments[0] == arguments[1]
                                    : equality.body().call(arguments, context);
                    return Boolean.TRUE.equals(same) == negated;
                });
    }

    /**
     * GREATEST or LEAST.
     *
     * @throws SqlException 42804 if the types have nothing in common
     */
    public Function resolveExtremum(boolean greatest, List<SqlType> arguments) {
        String name = greatest ? "greatest" : "least";
        SqlType common = Types.bare(CommonType.of(arguments, name.toUpperCase(Locale.ROOT) + " "));
        return resolveFunction(name, Collections.nCopies(arguments.size(), common));
    }

    /** An unknown operand is first taken for the type of the other one. */
    private static List<SqlType> assumeSame(List<SqlType> types) {
        boolean unknown = types.contains(SqlType.UNKNOWN);
        if (!unknown || types.size() == 1) {
            return types;
        }
        SqlType known = types.get(0).equals(SqlType.UNKNOWN) ? types.get(1) : types.get(0);
        return List.of(known, known);
    }

    private static SqlException operatorError(
            String symbol, List<SqlType> types, boolean ambiguous) {
        String call =
                types.size() == 1
                        ? symbol + " " + types.getFirst()
                        : types.get(0) + " " + symbol + " " + types.get(1);
        if (ambiguous) {
            return new SqlException(ErrorCode.AMBIGUOUS_FUNCTION, "operator is not unique: " + call)
                    .hint(
                            "Could not choose a best candidate operator."
                                    + " You might need to add explicit type casts.");
        }
        return new SqlException(ErrorCode.UNDEFINED_FUNCTION, "operator does not exist: " + call)
                .hint(
                        types.size() == 1
                                ? "No operator matches the given name and argument type."
                                        + " You might need to add an explicit type cast."
                                : "No operator matches the given name and argument types."
                                        + " You might need to add explicit type casts.");
    }

    /**
     * The aggregate that a call means; null if none has the name.
     *
     * @throws SqlException 42883 if none of the name takes the arguments, 42725 if several do
     */
    public @Nullable Aggregate resolveAggregate(String name, List<SqlType> arguments) {
        return resolve(aggregates.get(name), name, arguments);
    }

    /**
     * The set-returning function that a call means; null if none has the name.
     *
     * @throws SqlException 42883 if none of the name takes the arguments, 42725 if several do
     */
    public @Nullable SetFunction resolveSetFunction(String name, List<SqlType> arguments) {
        return resolve(setFunctions.get(name), name, arguments);
    }

    private static <T> @Nullable T resolve(
            @Nullable List<Overload<T>> candidates, String name, List<SqlType> arguments) {
        if (candidates == null) {
            return null;
        }
        List<SqlType> types = Types.bare(arguments);
        Overload<T> exact = OverloadResolution.exact(candidates, types);
        if (exact != null) {
            return exact.bind(types);
        }
        Choice<T> choice = OverloadResolution.choose(candidates, types);
        Overload<T> chosen = choice.overload();
        if (chosen == null) {
            throw choice.ambiguous() ? ambiguous(name, types) : missing(name, types);
        }
        return chosen.bind(types);
    }

    public boolean isAggregate(String name) {
        return aggregates.containsKey(name);
    }

    public boolean isSetFunction(String name) {
        return setFunctions.containsKey(name);
    }

    /** Whether any function that gives one value has a name, whatever its arguments. */
    public boolean isFunction(String name) {
        return functions.containsKey(name);
    }

    /**
     * The type that values become together, unknown only becoming text.
     *
     * @param types at least one
     * @throws SqlException 42804 if there is none
     */
    public static SqlType commonType(List<SqlType> types) {
        return CommonType.of(types, "");
    }

    /**
     * As {@link #commonType(List)}.
     *
     * @param construct what the message begins with, such as UNION or CASE
     */
    public static SqlType commonType(List<SqlType> types, String construct) {
        return CommonType.of(types, construct + " ");
    }
}
