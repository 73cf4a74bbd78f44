package io.faraddb.engine.stats;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * The distribution of non-negative numbers, mostly nanoseconds. Each power of two is cut into eight
 * buckets, so a quantile is right to 12.5 %. Any thread records, any thread reads; no locks.
 */
public final class Histogram {

    private static final int PART_BITS = 3;
    private static final int PARTS = 1 << PART_BITS;
    private static final int BUCKETS = (Long.SIZE - PART_BITS) * PARTS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAdder sum = new LongAdder();
    private final LongAccumulator max = new LongAccumulator(Math::max, 0);

    /** Counts a value; a negative one as 0. */
    public void record(long value) {
        long counted = Math.max(0, value);
        counts.incrementAndGet(bucketOf(counted));
        sum.add(counted);
        max.accumulate(counted);
    }

    /** What was recorded until now. */
    public Distribution distribution() {
        long[] copy = new long[BUCKETS];
        long count = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            copy[bucket] = counts.get(bucket);
            count += copy[bucket];
        }
        return new Distribution(copy, count, sum.sum(), max.get());
    }

    private static int bucketOf(long value) {
        if (value < PARTS) {
            return (int) value;
        }
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int part = (int) (value >>> (power - PART_BITS)) & (PARTS - 1);
        return (power - PART_BITS + 1) * PARTS + part;
    }

    /** The greatest value that falls into a bucket. */
    private static long greatestOf(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int shift = bucket / PARTS - 1;
        long first = (long) (PARTS + bucket % PARTS) << shift;
        return first + (1L << shift) - 1;
    }

    /** A copy at one moment. */
    public static final class Distribution {

        private final long[] counts;
        private final long count;
        private final long sum;
        private final long max;

        private Distribution(long[] counts, long count, long sum, long max) {
            this.counts = counts;
            this.count = count;
            this.sum = sum;
            this.max = max;
        }

        public long count() {
            return count;
        }

        public long sum() {
            return sum;
        }

        public long max() {
            return max;
        }

        /**
         * @param share from 0 to 1
         * @return a value that at least this share of all values does not exceed; 0 for none
         */
        public long quantile(double share) {
            long wanted = Math.max(1, (long) Math.ceil(share * count));
            long seen = 0;
            for (int bucket = 0; bucket < counts.length; bucket++) {
                seen += counts[bucket];
                if (seen >= wanted) {
                    return Math.min(greatestOf(bucket), max);
                }
            }
            return max;
        }

        /** How many values do not exceed a bound, as far as the buckets can tell. */
        public long countUpTo(long bound) {
            long seen = 0;
            for (int bucket = 0; bucket < counts.length && greatestOf(bucket) <= bound; bucket++) {
                seen += counts[bucket];
            }
            return seen;
        }
    }
}
