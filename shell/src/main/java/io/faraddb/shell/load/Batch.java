package io.faraddb.shell.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Rows that go to a table together, each as a record of CSV with its line's end.
 *
 * @param columns of the table that the values are for
 * @param bytes of all records
 * @param ends where each record ends
 * @param lines where in the file each begins, from 1
 * @param originals a row as the file has it, to be set aside
 * @param from first row of this part
 * @param to behind the last one
 */
public record Batch(
        List<String> columns,
        byte[] bytes,
        int[] ends,
        long[] lines,
        IntFunction<String> originals,
        int from,
        int to) {

    int rows() {
        return to - from;
    }

    /** Rows of this batch, counted from its first. */
    Batch part(int first, int end) {
        return new Batch(columns, bytes, ends, lines, originals, from + first, from + end);
    }

    int offset() {
        return start(from);
    }

    int length() {
        return ends[to - 1] - offset();
    }

    private int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** Line in the file of a row of this batch. */
    long line(int row) {
        return lines[from + row];
    }

    String original(int row) {
        return originals.apply(from + row);
    }

    /** A row as it is sent, without its line's end. */
    String record(int row) {
        int start = start(from + row);
        return new String(bytes, start, ends[from + row] - start - 1, StandardCharsets.UTF_8);
    }

    /**
     * The row in which a line of what is sent lies, counted from 1; the last one if there are not
     * that many.
     */
    int rowOfLine(long line) {
        long seen = 1;
        for (int i = offset(); i < ends[to - 1]; i++) {
            if (seen >= line) {
                return rowAt(i);
            }
            seen += bytes[i] == '\n' ? 1 : 0;
        }
        return rows() - 1;
    }

    private int rowAt(int offset) {
        int place = Arrays.binarySearch(ends, from, to, offset);
        // A record's end is the next one's first byte.
        return (place >= 0 ? place + 1 : -place - 1) - from;
    }
}
