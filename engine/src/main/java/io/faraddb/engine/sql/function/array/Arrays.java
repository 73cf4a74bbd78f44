package io.faraddb.engine.sql.function.array;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.ValueOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays as lists: their bounds always begin at 1. */
final class Arrays {

    /** Elements that an array may have, as in PostgreSQL. */
    static final long ELEMENTS_MAX = 134_217_727;

    /** Dimensions that an array may have. */
    static final int DIMENSIONS_MAX = 6;

    private Arrays() {}

    /** 0 for an empty one. */
    static int dimensions(List<?> array) {
        int count = 0;
        Object at = array;
        while (at instanceof List<?> list && !list.isEmpty()) {
            count++;
            at = list.getFirst();
        }
        return count;
    }

    /** Elements along a dimension; 0 if there is no such one. */
    static int length(List<?> array, long dimension) {
        Object at = array;
        for (long i = 1; i < dimension; i++) {
            at = at instanceof List<?> list && !list.isEmpty() ? list.getFirst() : null;
            if (at == null) {
                return 0;
            }
        }
        return dimension > 0 && at instanceof List<?> list ? list.size() : 0;
    }

    /** All elements of all dimensions, row by row. */
    static List<@Nullable Object> flatten(List<?> array) {
        List<@Nullable Object> flat = new ArrayList<>();
        collect(array, flat);
        return flat;
    }

    private static void collect(List<?> array, List<@Nullable Object> into) {
        for (Object element : array) {
            if (element instanceof List<?> inner) {
                collect(inner, into);
            } else {
                into.add(element);
            }
        }
    }

    static List<@Nullable Object> append(@Nullable List<?> array, @Nullable Object element) {
        checkOneDimension(array);
        List<@Nullable Object> result = new ArrayList<>();
        if (array != null) {
            result.addAll(array);
        }
        result.add(element);
        return Collections.unmodifiableList(result);
    }

    static List<@Nullable Object> prepend(@Nullable Object element, @Nullable List<?> array) {
        checkOneDimension(array);
        List<@Nullable Object> result = new ArrayList<>();
        result.add(element);
        if (array != null) {
            result.addAll(array);
        }
        return Collections.unmodifiableList(result);
    }

    private static void checkOneDimension(@Nullable List<?> array) {
        if (array != null && dimensions(array) > 1) {
            throw new SqlException(
                    ErrorCode.DATA_EXCEPTION, "argument must be empty or one-dimensional array");
        }
    }

    /** Along the first dimension; what has one dimension less is one element. */
    static @Nullable List<?> concatenate(@Nullable List<?> left, @Nullable List<?> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? right : left;
        }
        int leftDimensions = dimensions(left);
        int rightDimensions = dimensions(right);
        List<@Nullable Object> result = new ArrayList<>();
        if (leftDimensions == rightDimensions) {
            checkInner(left, (List<?>) right, 1);
            result.addAll(left);
            result.addAll(right);
        } else if (leftDimensions == rightDimensions + 1) {
            checkShape((List<?>) left.getFirst(), right);
            result.addAll(left);
            result.add(right);
        } else if (leftDimensions + 1 == rightDimensions) {
            checkShape((List<?>) right.getFirst(), left);
            result.add(left);
            result.addAll(right);
        } else {
            throw incompatible(
                    "Arrays of "
                            + leftDimensions
                            + " and "
                            + rightDimensions
                            + " dimensions are not compatible for concatenation.");
        }
        return Collections.unmodifiableList(result);
    }

    private static SqlException incompatible(String detail) {
        return new SqlException(
                        ErrorCode.ARRAY_SUBSCRIPT_ERROR, "cannot concatenate incompatible arrays")
                .detail(detail);
    }

    private static void checkInner(List<?> left, List<?> right, int from) {
        for (int i = from + 1; i <= dimensions(left); i++) {
            if (length(left, i) != length(right, i)) {
                throw incompatible(
                        "Arrays with differing element dimensions are not compatible"
                                + " for concatenation.");
            }
        }
    }

    private static void checkShape(@Nullable List<?> one, List<?> other) {
        for (int i = 1; one != null && i <= dimensions(one); i++) {
            if (length(one, i) != length(other, i)) {
                throw incompatible(
                        "Arrays with differing dimensions are not compatible for concatenation.");
            }
        }
    }

    /** The element at subscripts counted from 1; null if there is none. */
    static @Nullable Object element(List<?> array, @Nullable Object[] arguments) {
        Object at = array;
        for (int i = 1; i < arguments.length; i++) {
            if (!(at instanceof List<?> list) || !(arguments[i] instanceof Long subscript)) {
                return null;
            }
            if (subscript < 1 || subscript > list.size()) {
                return null;
            }
            at = list.get((int) (subscript - 1));
        }
        // Fewer subscripts than dimensions name no element.
        return at instanceof List<?> ? null : at;
    }

    static List<?> slice(List<?> array, long lower, long upper) {
        int from = Math.clamp(lower - 1, 0, array.size());
        int end = Math.clamp(upper, from, array.size());
        return array.subList(from, end);
    }

    static boolean same(TypeKind kind, @Nullable Object a, @Nullable Object b) {
        return a == null || b == null ? a == b : ValueOrder.compare(kind, a, b) == 0;
    }

    /** Whether each element of one array is in the other; nulls are in none. */
    static boolean contains(TypeKind kind, List<?> whole, List<?> part) {
        List<@Nullable Object> elements = flatten(whole);
        for (Object wanted : flatten(part)) {
            if (wanted == null || !isIn(kind, elements, wanted)) {
                return false;
            }
        }
        return true;
    }

    static boolean overlap(TypeKind kind, List<?> left, List<?> right) {
        List<@Nullable Object> elements = flatten(left);
        for (Object wanted : flatten(right)) {
            if (wanted != null && isIn(kind, elements, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(TypeKind kind, List<@Nullable Object> elements, Object wanted) {
        for (Object element : elements) {
            if (element != null && ValueOrder.compare(kind, element, wanted) == 0) {
                return true;
            }
        }
        return false;
    }
}
