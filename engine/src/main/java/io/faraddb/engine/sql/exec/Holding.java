package io.faraddb.engine.sql.exec;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.memory.MemoryLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one sort, join, grouping, write or result holds. Few rows take no counting: the first
 * of them are free.
 */
public final class Holding {

    private static final int ROWS_FREE = 64;
    private static final long CHECK_EVERY_BYTES = 1 << 20;

    /** Of a row: the array's header, and its place in what holds it. */
    private static final int ROW_BYTES = 40;

    private static final int REFERENCE_BYTES = 4;
    private static final int SMALL_VALUE_BYTES = 16;
    private static final int TEXT_BYTES = 40;
    private static final int LARGE_VALUE_BYTES = 40;
    private static final int MEBIBYTE_BITS = 20;

    private final MemoryLimits limits;
    private int rows;
    private long bytes;
    private long checked;

    public Holding(MemoryLimits limits) {
        this.limits = limits;
    }

    /**
     * @param row is kept from now on
     * @throws SqlException 53200 if that is too much
     */
    public void add(@Nullable Object[] row) {
        if (++rows > ROWS_FREE) {
            addBytes(bytesOf(row));
        }
    }

    /** Something of a known size is kept from now on. */
    public void addBytes(long more) {
        bytes += more;
        if (bytes - checked >= CHECK_EVERY_BYTES) {
            check();
            checked = bytes;
        }
    }

    private void check() {
        if (bytes > limits.statementBytesMax()) {
            throw new SqlException(
                            ErrorCode.OUT_OF_MEMORY,
                            "the statement holds more than %d MB"
                                    .formatted(limits.statementBytesMax() >> MEBIBYTE_BITS))
                    .hint(
                            "Narrow it with WHERE or LIMIT, write in several statements, or raise"
                                    + " farad.limits.statement-memory-max.");
        }
        if (!limits.admits(bytes - checked, bytes)) {
            throw new SqlException(
                            ErrorCode.OUT_OF_MEMORY,
                            "the node's heap has no room for the %d MB that the statement holds"
                                    .formatted(bytes >> MEBIBYTE_BITS))
                    .hint(
                            "Narrow it with WHERE or LIMIT, write in several statements, or give"
                                    + " the node a larger heap.");
        }
    }

    /** About what a row takes. */
    public static long bytesOf(@Nullable Object[] row) {
        long sum = ROW_BYTES + (long) REFERENCE_BYTES * row.length;
        for (Object value : row) {
            sum += bytesOf(value);
        }
        return sum;
    }

    private static long bytesOf(List<?> array) {
        long sum = ROW_BYTES + (long) REFERENCE_BYTES * array.size();
        for (Object element : array) {
            sum += bytesOf(element);
        }
        return sum;
    }

    private static long bytesOf(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> TEXT_BYTES + text.length();
            case byte[] bytes -> SMALL_VALUE_BYTES + bytes.length;
            case List<?> array -> bytesOf(array);
            case Number number when number instanceof Long || number instanceof Double ->
                    SMALL_VALUE_BYTES;
            case Boolean truth -> 0;
            default -> LARGE_VALUE_BYTES;
        };
    }
}
