package io.faraddb.engine.procedure;

import io.faraddb.api.Rows;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.SqlType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How what {@code run} returns becomes rows. */
sealed interface ResultShape {

    /** Columns; null for nothing, and for rows whose columns are known only when it has run. */
    @Nullable List<Field> fields();

    List<@Nullable Object[]> rows(@Nullable Object result);

    /** void. */
    record Nothing() implements ResultShape {
        @Override
        public @Nullable List<Field> fields() {
            return null;
        }

        @Override
        public List<@Nullable Object[]> rows(@Nullable Object result) {
            return List.of();
        }
    }

    /** One value. */
    record Value(List<Field> fields) implements ResultShape {
        @Override
        public List<@Nullable Object[]> rows(@Nullable Object result) {
            return List.<@Nullable Object[]>of(new @Nullable Object[] {JavaValues.toSql(result)});
        }
    }

    /**
     * A record or a list of records.
     *
     * @param accessors of the components
     */
    record Records(List<Field> fields, List<MethodHandle> accessors) implements ResultShape {
        @Override
        public List<@Nullable Object[]> rows(@Nullable Object result) {
            if (result == null) {
                return List.of();
            }
            List<@Nullable Object[]> rows = new ArrayList<>();
            if (result instanceof List<?> list) {
                list.forEach(item -> rows.add(row(item)));
            } else {
                rows.add(row(result));
            }
            return rows;
        }

        private @Nullable Object[] row(Object item) {
            @Nullable Object[] values = new @Nullable Object[accessors.size()];
            try {
                for (int i = 0; i < values.length; i++) {
                    values[i] = JavaValues.toSql(accessors.get(i).invoke(item));
                }
            } catch (RuntimeException | Error failure) {
                throw failure;
            } catch (Throwable failure) {
                throw new SqlException(
                        ErrorCode.EXTERNAL_ROUTINE_EXCEPTION,
                        "a component of the result failed: " + failure);
            }
            return values;
        }
    }

    /**
     * Rows of a query.
     *
     * @param fields of the procedure's query if it has only one; else null and no rows can be sent
     */
    record QueryRows(List<Field> fields) implements ResultShape {
        @Override
        public List<@Nullable Object[]> rows(@Nullable Object result) {
            if (result == null) {
                return List.of();
            }
            ResultRows rows = ResultRows.of((Rows) result);
            if (rows.fields().size() != fields.size()) {
                throw new SqlException(
                        ErrorCode.DATATYPE_MISMATCH,
                        "the rows returned have other columns than the procedure declares");
            }
            return rows.values();
        }
    }

    /**
     * The shape of a method's result.
     *
     * @param queries columns of the procedure's queries, of which Rows must be
     * @throws SqlException 42P13-like if its class is none that procedures can return
     */
    static ResultShape of(Method run, List<List<Field>> queries) {
        Class<?> type = run.getReturnType();
        if (type == void.class) {
            return new Nothing();
        }
        SqlType scalar = JavaValues.typeOf(type);
        if (scalar != null) {
            return new Value(List.of(Field.computed(columnName(run), scalar)));
        }
        if (Rows.class.isAssignableFrom(type)) {
            return queryRows(run, queries);
        }
        if (type.isRecord()) {
            return records(type);
        }
        if (type == List.class
                && run.getGenericReturnType() instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> item
                && item.isRecord()) {
            return records(item);
        }
        throw new SqlException(
                        ErrorCode.INVALID_OBJECT_DEFINITION,
                        "procedure class "
                                + run.getDeclaringClass().getName()
                                + " returns "
                                + type.getName()
                                + ", which has no SQL type")
                .hint("Return void, a scalar, a record, a List of records, or Rows.");
    }

    private static String columnName(Method run) {
        return run.getDeclaringClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    private static ResultShape queryRows(Method run, List<List<Field>> queries) {
        List<List<Field>> shapes = queries.stream().distinct().toList();
        if (shapes.size() != 1) {
            throw new SqlException(
                            ErrorCode.INVALID_OBJECT_DEFINITION,
                            "procedure class "
                                    + run.getDeclaringClass().getName()
                                    + " returns Rows, but its queries have different columns")
                    .hint("Return a record or a List of records instead.");
        }
        return new QueryRows(shapes.getFirst());
    }

    private static ResultShape records(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        List<MethodHandle> accessors = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            SqlType sqlType = JavaValues.typeOf(component.getType());
            if (sqlType == null) {
                throw new SqlException(
                        ErrorCode.INVALID_OBJECT_DEFINITION,
                        "component "
                                + component.getName()
                                + " of "
                                + type.getName()
                                + " has no SQL type");
            }
            fields.add(Field.computed(component.getName(), sqlType));
            try {
                component.getAccessor().setAccessible(true);
                accessors.add(MethodHandles.lookup().unreflect(component.getAccessor()));
            } catch (IllegalAccessException hidden) {
                throw new SqlException(
                        ErrorCode.INVALID_OBJECT_DEFINITION,
                        "record " + type.getName() + " is not public");
            }
        }
        return new Records(fields, accessors);
    }
}
