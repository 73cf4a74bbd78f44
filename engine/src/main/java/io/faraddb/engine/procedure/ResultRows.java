package io.faraddb.engine.procedure;

import io.faraddb.api.Row;
import io.faraddb.api.Rows;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.sql.bind.Relation.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of a plan, as a procedure sees them. */
final class ResultRows implements Rows {

    private final List<Field> fields;
    private final List<@Nullable Object[]> rows;

    ResultRows(List<Field> fields, List<@Nullable Object[]> rows) {
        this.fields = fields;
        this.rows = rows;
    }

    List<Field> fields() {
        return fields;
    }

    List<@Nullable Object[]> values() {
        return rows;
    }

    @Override
    public List<String> columns() {
        return fields.stream().map(Field::name).toList();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public Row row(int index) {
        return new Values(rows.get(index));
    }

    @Override
    public Iterator<Row> iterator() {
        return rows.stream().<Row>map(Values::new).iterator();
    }

    private final class Values implements Row {
        private final @Nullable Object[] values;

        Values(@Nullable Object[] values) {
            this.values = values;
        }

        private Object present(int column) {
            Object value = values[column];
            if (value == null) {
                throw new NullPointerException("column " + fields.get(column).name() + " is null");
            }
            return value;
        }

        private <T> @Nullable T as(int column, Class<T> javaClass) {
            return javaClass.cast(JavaValues.toJava(values[column], javaClass, column));
        }

        @Override
        public boolean isNull(int column) {
            return values[column] == null;
        }

        @Override
        public @Nullable Object value(int column) {
            return switch (fields.get(column).type().kind()) {
                case DATE -> dateAt(column);
                case TIME -> timeAt(column);
                case TIMESTAMP -> timestampAt(column);
                case TIMESTAMPTZ -> instantAt(column);
                default -> values[column];
            };
        }

        @Override
        public boolean booleanAt(int column) {
            return (Boolean) present(column);
        }

        @Override
        public int intAt(int column) {
            return Math.toIntExact(longAt(column));
        }

        @Override
        public long longAt(int column) {
            Object value = present(column);
            return value instanceof BigDecimal number
                    ? number.longValueExact()
                    : ((Number) value).longValue();
        }

        @Override
        public double doubleAt(int column) {
            return ((Number) present(column)).doubleValue();
        }

        @Override
        public @Nullable BigDecimal decimalAt(int column) {
            Object value = values[column];
            return value instanceof Long number ? BigDecimal.valueOf(number) : (BigDecimal) value;
        }

        @Override
        public @Nullable String textAt(int column) {
            return (String) values[column];
        }

        @Override
        public byte @Nullable [] bytesAt(int column) {
            return (byte[]) values[column];
        }

        @Override
        public @Nullable LocalDate dateAt(int column) {
            return as(column, LocalDate.class);
        }

        @Override
        public @Nullable LocalTime timeAt(int column) {
            return as(column, LocalTime.class);
        }

        @Override
        public @Nullable LocalDateTime timestampAt(int column) {
            return as(column, LocalDateTime.class);
        }

        @Override
        public @Nullable Instant instantAt(int column) {
            return as(column, Instant.class);
        }

        @Override
        public @Nullable UUID uuidAt(int column) {
            return (UUID) values[column];
        }
    }

    /** The rows of a result that the procedure itself made up. */
    static ResultRows of(Rows rows) {
        Invariant.check(rows instanceof ResultRows, "rows come from a query of the transaction");
        return (ResultRows) rows;
    }
}
