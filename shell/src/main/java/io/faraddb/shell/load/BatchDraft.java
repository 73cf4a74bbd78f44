package io.faraddb.shell.load;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Gathers a batch. */
final class BatchDraft {

    /** A batch is full when it has this many bytes, whatever its rows. */
    static final int BYTES_MAX = 4 << 20;

    private static final int FIRST_ROWS = 256;

    private final List<String> columns;
    private byte[] bytes = new byte[1 << 16];
    private int length;
    private int[] ends = new int[FIRST_ROWS];
    private long[] lines = new long[FIRST_ROWS];
    private int rows;

    BatchDraft(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    List<String> columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    boolean isFull(int rowsMax) {
        return rows >= rowsMax || length >= BYTES_MAX;
    }

    void add(byte b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = b;
    }

    void add(byte[] more, int offset, int count) {
        while (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        System.arraycopy(more, offset, bytes, length, count);
        length += count;
    }

    /** Bytes of the record that is being added. */
    int recordBytes() {
        return length - recordStart();
    }

    private int recordStart() {
        return rows == 0 ? 0 : ends[rows - 1];
    }

    byte recordByte(int place) {
        return bytes[recordStart() + place];
    }

    /** Forgets the record that is being added. */
    void dropRecord() {
        length = recordStart();
    }

    /** Ends a record that began in a line. */
    void endRecord(long line) {
        add((byte) '\n');
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, 2 * rows);
            lines = Arrays.copyOf(lines, 2 * rows);
        }
        ends[rows] = length;
        lines[rows] = line;
        rows++;
    }

    /**
     * @param originals a row as the file has it; null if it is as it is sent
     */
    Batch finish(@org.jspecify.annotations.Nullable IntFunction<String> originals) {
        Batch sent = new Batch(columns, bytes, ends, lines, row -> "", 0, rows);
        return originals == null
                ? new Batch(columns, bytes, ends, lines, sent::record, 0, rows)
                : new Batch(columns, bytes, ends, lines, originals, 0, rows);
    }
}
