package io.faraddb.engine.sql.function.array;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Functions and operators of arrays. */
public final class ArrayFunctions implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        bounds(definitions);
        subscripts(definitions);
        concatenations(definitions);
        sets(definitions);
        searches(definitions);
        replacements(definitions);
        fills(definitions);
    }

    private static void bounds(Definitions to) {
        to.define(
                "array_length(anyarray, int4) -> int4",
                (List<?> array, Long dimension) -> positive(Arrays.length(array, dimension)));
        to.define(
                "array_upper(anyarray, int4) -> int4",
                (List<?> array, Long dimension) -> positive(Arrays.length(array, dimension)));
        to.define(
                "array_lower(anyarray, int4) -> int4",
                (List<?> array, Long dimension) -> Arrays.length(array, dimension) > 0 ? 1L : null);
        to.define(
                "array_ndims(anyarray) -> int4",
                (List<?> array) -> positive(Arrays.dimensions(array)));
        to.define(
                "cardinality(anyarray) -> int4",
                (List<?> array) -> (long) Arrays.flatten(array).size());
        to.define(
                "array_dims(anyarray) -> text",
                (List<?> array) -> {
                    StringBuilder out = new StringBuilder();
                    for (int i = 1; i <= Arrays.dimensions(array); i++) {
                        out.append("[1:").append(Arrays.length(array, i)).append(']');
                    }
                    return out.isEmpty() ? null : out.toString();
                });
    }

    private static @Nullable Long positive(int count) {
        return count > 0 ? (long) count : null;
    }

    /** What brackets behind an array call: all of them at once, or a slice. */
    private static void subscripts(Definitions to) {
        to.general(
                "array_element(anyarray, variadic int4) -> anyelement",
                (arguments, context) -> Arrays.element(list(arguments[0]), arguments));
        to.general(
                "array_slice(anyarray, int4, int4) -> anyarray lenient",
                (arguments, context) -> {
                    if (!(arguments[0] instanceof List<?> array)) {
                        return null;
                    }
                    // Bounds left out come as nulls.
                    long lower = arguments[1] instanceof Long bound ? bound : 1;
                    long upper = arguments[2] instanceof Long bound ? bound : array.size();
                    return Arrays.slice(array, lower, upper);
                });
        to.define(
                "trim_array(anyarray, int4) -> anyarray",
                (List<?> array, Long count) -> {
                    if (count < 0 || count > array.size()) {
                        throw new SqlException(
                                ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                                "number of elements to trim must be between 0 and " + array.size());
                    }
                    return Arrays.slice(array, 1, array.size() - count);
                });
    }

    private static List<?> list(@Nullable Object argument) {
        return (List<?>) Objects.requireNonNull(argument);
    }

    private static void concatenations(Definitions to) {
        for (String name : new String[] {"||", "array_append"}) {
            to.define(
                    name + "(anycompatiblearray, anycompatible) -> anycompatiblearray lenient",
                    (@Nullable List<?> array, @Nullable Object element) ->
                            Arrays.append(array, element));
        }
        for (String name : new String[] {"||", "array_prepend"}) {
            to.define(
                    name + "(anycompatible, anycompatiblearray) -> anycompatiblearray lenient",
                    (@Nullable Object element, @Nullable List<?> array) ->
                            Arrays.prepend(element, array));
        }
        for (String name : new String[] {"||", "array_cat"}) {
            to.define(
                    name + "(anycompatiblearray, anycompatiblearray) -> anycompatiblearray lenient",
                    (@Nullable List<?> left, @Nullable List<?> right) ->
                            Arrays.concatenate(left, right));
        }
    }

    private static void sets(Definitions to) {
        to.typed(
                "@>(anyarray, anyarray) -> bool",
                (types, result) -> {
                    TypeKind kind = elementKind(types);
                    return (arguments, context) ->
                            Arrays.contains(kind, list(arguments[0]), list(arguments[1]));
                });
        to.typed(
                "<@(anyarray, anyarray) -> bool",
                (types, result) -> {
                    TypeKind kind = elementKind(types);
                    return (arguments, context) ->
                            Arrays.contains(kind, list(arguments[1]), list(arguments[0]));
                });
        to.typed(
                "&&(anyarray, anyarray) -> bool",
                (types, result) -> {
                    TypeKind kind = elementKind(types);
                    return (arguments, context) ->
                            Arrays.overlap(kind, list(arguments[0]), list(arguments[1]));
                });
    }

    private static TypeKind elementKind(List<SqlType> types) {
        return Objects.requireNonNull(types.getFirst().element()).kind();
    }

    private static void searches(Definitions to) {
        String parameters = "(anycompatiblearray, anycompatible";
        to.typed(
                "array_position" + parameters + ") -> int4 lenient",
                (types, result) ->
                        (arguments, context) -> position(elementKind(types), arguments, 1L));
        to.typed(
                "array_position" + parameters + ", int4) -> int4 lenient",
                (types, result) ->
                        (arguments, context) ->
                                position(elementKind(types), arguments, (Long) arguments[2]));
        to.typed(
                "array_positions" + parameters + ") -> int4[] lenient",
                (types, result) ->
                        (arguments, context) -> positions(elementKind(types), arguments));
    }

    private static @Nullable Long position(
            TypeKind kind, @Nullable Object[] arguments, @Nullable Long start) {
        if (!(arguments[0] instanceof List<?> array)) {
            return null;
        }
        checkSearchable(array);
        if (start == null) {
            throw new SqlException(
                    ErrorCode.NULL_VALUE_NOT_ALLOWED, "initial position must not be null");
        }
        for (int i = Math.clamp(start - 1, 0, array.size()); i < array.size(); i++) {
            if (Arrays.same(kind, array.get(i), arguments[1])) {
                return i + 1L;
            }
        }
        return null;
    }

    private static @Nullable List<Object> positions(TypeKind kind, @Nullable Object[] arguments) {
        if (!(arguments[0] instanceof List<?> array)) {
            return null;
        }
        checkSearchable(array);
        List<Object> places = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (Arrays.same(kind, array.get(i), arguments[1])) {
                places.add(i + 1L);
            }
        }
        return places;
    }

    private static void checkSearchable(List<?> array) {
        if (Arrays.dimensions(array) > 1) {
            throw new SqlException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "searching for elements in multidimensional arrays is not supported");
        }
    }

    private static void replacements(Definitions to) {
        to.typed(
                "array_remove(anycompatiblearray, anycompatible) -> anycompatiblearray lenient",
                (types, result) -> (arguments, context) -> remove(elementKind(types), arguments));
        to.typed(
                "array_replace(anycompatiblearray, anycompatible, anycompatible)"
                        + " -> anycompatiblearray lenient",
                (types, result) ->
                        (arguments, context) ->
                                arguments[0] instanceof List<?> array
                                        ? replace(elementKind(types), array, arguments)
                                        : null);
    }

    private static @Nullable List<@Nullable Object> remove(
            TypeKind kind, @Nullable Object[] arguments) {
        if (!(arguments[0] instanceof List<?> array)) {
            return null;
        }
        if (Arrays.dimensions(array) > 1) {
            throw new SqlException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "removing elements from multidimensional arrays is not supported");
        }
        List<@Nullable Object> kept = new ArrayList<>(array);
        kept.removeIf(element -> Arrays.same(kind, element, arguments[1]));
        return Collections.unmodifiableList(kept);
    }

    private static List<@Nullable Object> replace(
            TypeKind kind, List<?> array, @Nullable Object[] arguments) {
        List<@Nullable Object> result = new ArrayList<>(array.size());
        for (Object element : array) {
            if (element instanceof List<?> inner) {
                result.add(replace(kind, inner, arguments));
            } else {
                result.add(Arrays.same(kind, element, arguments[1]) ? arguments[2] : element);
            }
        }
        return Collections.unmodifiableList(result);
    }

    private static void fills(Definitions to) {
        to.define(
                "array_fill(anyelement, int4[]) -> anyarray lenient",
                (@Nullable Object element, @Nullable List<?> lengths) -> {
                    if (lengths == null || lengths.contains(null)) {
                        throw new SqlException(
                                ErrorCode.NULL_VALUE_NOT_ALLOWED,
                                "dimension array or low bound array cannot be null");
                    }
                    checkLengths(lengths);
                    return lengths.isEmpty() ? List.of() : fill(element, lengths, 0);
                });
    }

    private static void checkLengths(List<?> lengths) {
        if (lengths.size() > Arrays.DIMENSIONS_MAX) {
            throw new SqlException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions (%d) exceeds the maximum allowed (%d)"
                            .formatted(lengths.size(), Arrays.DIMENSIONS_MAX));
        }
        long count = 1;
        for (Object length : lengths) {
            count *= (Long) Objects.requireNonNull(length);
            if (count < 0 || count > Arrays.ELEMENTS_MAX) {
                throw new SqlException(
                        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                        "array size exceeds the maximum allowed (" + Arrays.ELEMENTS_MAX + ")");
            }
        }
    }

    private static List<@Nullable Object> fill(
            @Nullable Object element, List<?> lengths, int dimension) {
        int length = Math.toIntExact((Long) Objects.requireNonNull(lengths.get(dimension)));
        Object each =
                dimension + 1 == lengths.size() ? element : fill(element, lengths, dimension + 1);
        return Collections.nCopies(length, each);
    }
}
