package io.faraddb.engine.sql.function.library;

import io.faraddb.engine.sql.function.Aggregate;
import io.faraddb.engine.sql.function.Aggregate.Accumulator;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.SetFunction;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes down functions, each as its signature and its body: {@code define("lower(text) -> text",
 * (String text) -> ...)}. A name that is no word is an operator's.
 *
 * <p>Signatures say {@code int4}, {@code text[]}, {@code anyelement}, {@code any}; {@code variadic}
 * before the last parameter; and behind the result {@code stable} or {@code volatile}, then {@code
 * lenient} for a function that is called for nulls, too.
 */
public final class Definitions {

    private final Map<String, List<Overload<Function>>> functions = new HashMap<>();
    private final Map<String, List<Overload<Function>>> operators = new HashMap<>();
    private final Map<String, List<Overload<Aggregate>>> aggregates = new HashMap<>();
    private final Map<String, List<Overload<SetFunction>>> setFunctions = new HashMap<>();

    Definitions() {}

    Map<String, List<Overload<Function>>> functions() {
        return functions;
    }

    Map<String, List<Overload<Function>>> operators() {
        return operators;
    }

    Map<String, List<Overload<Aggregate>>> aggregates() {
        return aggregates;
    }

    Map<String, List<Overload<SetFunction>>> setFunctions() {
        return setFunctions;
    }

    /** A body without arguments. */
    @FunctionalInterface
    public interface NoArgument {
        @Nullable Object call();
    }

    /** A body of one argument. */
    @FunctionalInterface
    public interface OneArgument<A extends @Nullable Object> {
        @Nullable Object call(A first);
    }

    /** A body of two arguments. */
    @FunctionalInterface
    public interface TwoArguments<A extends @Nullable Object, B extends @Nullable Object> {
        @Nullable Object call(A first, B second);
    }

    /** A body of three arguments. */
    @FunctionalInterface
    public interface ThreeArguments<
            A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> {
        @Nullable Object call(A first, B second, C third);
    }

    /** A body that depends on the types it is called with. */
    @FunctionalInterface
    public interface TypedBody {
        /**
         * @param parameters one for each argument
         */
        Function.Body make(List<SqlType> parameters, SqlType result);
    }

    /** An aggregate's state that depends on the types it is called with. */
    @FunctionalInterface
    public interface TypedAccumulator {
        Accumulator make(List<SqlType> parameters);
    }

    /** A set function's body that depends on the types it is called with. */
    @FunctionalInterface
    public interface TypedSet {
        SetFunction.Body make(List<SqlType> parameters);
    }

    public void define(String signature, NoArgument body) {
        general(signature, (arguments, context) -> body.call());
    }

    @SuppressWarnings("unchecked")
    public <A extends @Nullable Object> void define(String signature, OneArgument<A> body) {
        general(signature, (arguments, context) -> body.call((A) arguments[0]));
    }

    @SuppressWarnings("unchecked")
    public <A extends @Nullable Object, B extends @Nullable Object> void define(
            String signature, TwoArguments<A, B> body) {
        general(signature, (arguments, context) -> body.call((A) arguments[0], (B) arguments[1]));
    }

    @SuppressWarnings("unchecked")
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
            void define(String signature, ThreeArguments<A, B, C> body) {
        general(
                signature,
                (arguments, context) ->
                        body.call((A) arguments[0], (B) arguments[1], (C) arguments[2]));
    }

    /** A function of any number of arguments, or one that looks at its context. */
    public void general(String signature, Function.Body body) {
        typed(signature, (parameters, result) -> body);
    }

    /**
     * An operator between two types that is really one of another type, as which it is resolved:
     * {@code real + double precision} adds two doubles.
     *
     * @param type what both operands become
     */
    public void widened(String text, SqlType type, TypedBody body) {
        Signature signature = Signature.parse(text);
        List<SqlType> both = List.of(type, type);
        add(
                operators,
                signature,
                (parameters, result) ->
                        new Function(
                                signature.name(),
                                both,
                                result,
                                signature.strict(),
                                signature.volatility(),
                                body.make(both, result)));
    }

    /** A function whose body depends on the types of a call. */
    public void typed(String text, TypedBody body) {
        Signature signature = Signature.parse(text);
        Map<String, List<Overload<Function>>> map =
                isWord(signature.name()) ? functions : operators;
        add(
                map,
                signature,
                (parameters, result) ->
                        new Function(
                                signature.name(),
                                parameters,
                                result,
                                signature.strict(),
                                signature.volatility(),
                                body.make(parameters, result)));
    }

    public void aggregate(String signature, Supplier<Accumulator> body) {
        typedAggregate(signature, parameters -> body.get());
    }

    /** An aggregate whose state depends on the types of a call. */
    public void typedAggregate(String text, TypedAccumulator body) {
        Signature signature = Signature.parse(text);
        add(
                aggregates,
                signature,
                (parameters, result) ->
                        new Aggregate(
                                signature.name(), parameters, result, () -> body.make(parameters)));
    }

    /** A function that gives rows of one column of the result's type. */
    public void set(String signature, SetFunction.Body body) {
        typedSet(signature, parameters -> body);
    }

    /** A set function whose body depends on the types of a call. */
    public void typedSet(String text, TypedSet body) {
        Signature signature = Signature.parse(text);
        add(
                setFunctions,
                signature,
                (parameters, result) ->
                        new SetFunction(
                                signature.name(),
                                parameters,
                                List.of(signature.name()),
                                List.of(result),
                                body.make(parameters)));
    }

    /** A set function with columns of its own names and types. */
    public void table(String text, List<String> names, List<SqlType> types, SetFunction.Body body) {
        Signature signature = Signature.parse(text);
        add(
                setFunctions,
                signature,
                (parameters, result) ->
                        new SetFunction(signature.name(), parameters, names, types, body));
    }

    private static boolean isWord(String name) {
        return Character.isLetter(name.charAt(0)) || name.charAt(0) == '_';
    }

    private static <T> void add(
            Map<String, List<Overload<T>>> map, Signature signature, Overload.Maker<T> maker) {
        map.computeIfAbsent(signature.name(), name -> new ArrayList<>())
                .add(new Overload<>(signature, maker));
    }
}
