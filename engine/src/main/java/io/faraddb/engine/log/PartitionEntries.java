package io.faraddb.engine.log;

import java.util.Arrays;

/** Where the entries of one partition stand in the log, as found when it was opened. */
final class PartitionEntries {

    private long base;
    private long last;
    private long lastTerm;
    private long voidBefore;
    private long[] places = new long[16];
    private int count;

    /**
     * Entries up to an index are not in the log.
     *
     * @param sequence of the segment that says so: what earlier ones hold is void
     */
    void beginAfter(long index, long term, long sequence) {
        base = index;
        last = index;
        lastTerm = term;
        voidBefore = sequence;
        count = 0;
    }

    /**
     * @param segment its number in the list of segments
     */
    void add(LogRecord entry, int segment) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = (long) segment << 32 | entry.offset();
        last = entry.index();
        lastTerm = entry.term();
    }

    /** Index of the last entry before those that are here. */
    long base() {
        return base;
    }

    LogPosition last() {
        return new LogPosition(lastTerm, last);
    }

    long voidBefore() {
        return voidBefore;
    }

    /** Number in the list of segments of the one that holds an entry. */
    int segmentOf(long index) {
        return (int) (places[(int) (index - base - 1)] >>> 32);
    }

    int offsetOf(long index) {
        return (int) places[(int) (index - base - 1)];
    }
}
