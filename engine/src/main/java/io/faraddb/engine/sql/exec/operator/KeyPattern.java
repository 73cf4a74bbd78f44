package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.storage.KeyRange;
import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a scan visits: some leading columns equal to values, then perhaps a range of the
 * next column.
 *
 * @param columns of the tree's key, in order, as many as are used
 * @param equal values of the leading columns
 * @param low bound of the next column; null without one
 * @param high bound of the next column; null without one
 */
public record KeyPattern(
        List<KeyColumn> columns, List<Evaluator> equal, @Nullable Bound low, @Nullable Bound high) {

    public KeyPattern {
        columns = List.copyOf(columns);
        equal = List.copyOf(equal);
    }

    public static final KeyPattern ALL = new KeyPattern(List.of(), List.of(), null, null);

    /**
     * @param nullable whether the key has a marker for null
     */
    public record KeyColumn(TypeKind kind, boolean nullable, boolean descending) {

        void write(KeyWriter writer, Object value) {
            if (nullable) {
                writer.nullable(kind, value, descending);
            } else {
                writer.value(kind, value, descending);
            }
        }
    }

    public record Bound(Evaluator value, boolean inclusive) {}

    /** The bytes of the leading columns' values; null if one is null, so that nothing matches. */
    byte @Nullable [] equalKey(Frame frame, KeyWriter writer) {
        writer.reset();
        return writeEqual(frame, writer) ? writer.toBytes() : null;
    }

    private boolean writeEqual(Frame frame, KeyWriter writer) {
        for (int i = 0; i < equal.size(); i++) {
            Object value = equal.get(i).value(frame);
            if (value == null) {
                return false;
            }
            columns.get(i).write(writer, value);
        }
        return true;
    }

    /** The range of keys to visit; null if nothing can match. */
    @Nullable KeyRange range(Frame frame) {
        KeyWriter writer = new KeyWriter();
        byte[] prefix = equalKey(frame, writer);
        if (prefix == null) {
            return null;
        }
        if (low == null && high == null) {
            return prefixRange(prefix);
        }
        KeyColumn column = columns.get(equal.size());
        Bound first = column.descending() ? high : low;
        Bound last = column.descending() ? low : high;
        byte[] from = prefix;
        if (first != null) {
            byte[] key = boundKey(first, column, prefix, frame, writer);
            if (key == null) {
                return null;
            }
            from = first.inclusive() ? key : KeyWriter.successor(key);
        }
        byte[] to = column.nullable() ? endOfValues(column, prefix) : successorOf(prefix);
        if (last != null) {
            byte[] key = boundKey(last, column, prefix, frame, writer);
            if (key == null) {
                return null;
            }
            to = last.inclusive() ? KeyWriter.successor(key) : key;
        }
        if (column.nullable() && column.descending() && first == null) {
            from = startOfDescendingValues(prefix);
        }
        return from == null ? null : new KeyRange(from, true, to, false);
    }

    private static byte @Nullable [] boundKey(
            Bound bound, KeyColumn column, byte[] prefix, Frame frame, KeyWriter writer) {
        Object value = bound.value().value(frame);
        if (value == null) {
            return null;
        }
        column.write(writer.reset().raw(prefix), value);
        return writer.toBytes();
    }

    /** Where nulls begin behind the values of an ascending column: they match no range. */
    private static byte @Nullable [] endOfValues(KeyColumn column, byte[] prefix) {
        return column.descending()
                ? successorOf(prefix)
                : new KeyWriter().raw(prefix).nullable(column.kind(), null, false).toBytes();
    }

    /** Where values begin behind the nulls of a descending column. */
    private static byte @Nullable [] startOfDescendingValues(byte[] prefix) {
        byte[] nulls = new KeyWriter().raw(prefix).nullable(TypeKind.BOOLEAN, null, true).toBytes();
        return KeyWriter.successor(nulls);
    }

    private static byte @Nullable [] successorOf(byte[] prefix) {
        return prefix.length == 0 ? null : KeyWriter.successor(prefix);
    }

    private static KeyRange prefixRange(byte[] prefix) {
        return prefix.length == 0
                ? KeyRange.ALL
                : new KeyRange(prefix, true, successorOf(prefix), false);
    }

    /** For EXPLAIN. */
    String describe() {
        StringBuilder text = new StringBuilder();
        if (!equal.isEmpty()) {
            text.append(" by ").append(equal.size()).append(" key column(s)");
        }
        if (low != null || high != null) {
            text.append(" over a range");
        }
        return text.toString();
    }
}
