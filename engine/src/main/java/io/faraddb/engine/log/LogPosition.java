package io.faraddb.engine.log;

/**
 * Where an entry stands in a partition's log.
 *
 * @param term of the leader that appended it; 1 where there is no election
 * @param index 1 for the first entry; no gaps
 */
public record LogPosition(long term, long index) implements Comparable<LogPosition> {

    /** Before the first entry. */
    public static final LogPosition START = new LogPosition(0, 0);

    @Override
    public int compareTo(LogPosition other) {
        return Long.compare(index, other.index);
    }
}
