package io.faraddb.engine.type;

/**
 * A span of time as PostgreSQL keeps it: the three parts are not interchangeable.
 *
 * @param months calendar months, also years times 12
 * @param days calendar days
 * @param micros microseconds
 */
public record Interval(int months, int days, long micros) implements Comparable<Interval> {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** PostgreSQL compares with 30-day months and 24-hour days. */
    @Override
    public int compareTo(Interval other) {
        return Long.compare(comparableMicros(), other.comparableMicros());
    }

    private long comparableMicros() {
        return Math.addExact(Math.multiplyExact(months * 30L + days, MICROS_PER_DAY), micros);
    }
}
