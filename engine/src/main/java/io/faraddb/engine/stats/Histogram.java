package io.faraddb.engine.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The distribution of non-negative numbers, mostly nanoseconds. Any thread records, any thread
 * reads; no locks. Threads that record at the same time mostly write to different stripes.
 *
 * <p>Each power of ten is cut into twenty buckets. A quantile is right to 15 %; what does not
 * exceed a bound such as 1, 2.5 or 5 times a power of ten is counted exactly.
 */
public final class Histogram {

    private static final long[] BOUNDS = bounds();
    private static final int[] FIRST_BUCKETS = firstBuckets();

    private static final int STRIPES =
            Integer.highestOneBit(Math.min(8, 2 * Runtime.getRuntime().availableProcessors() - 1));
    private static final int SUM = BOUNDS.length;
    private static final int MAX = BOUNDS.length + 1;

    private final AtomicLongArray[] stripes = new AtomicLongArray[STRIPES];

    public Histogram() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new AtomicLongArray(BOUNDS.length + 2);
        }
    }

    /** The greatest value of each bucket: preferred numbers, rounded down to what is whole. */
    private static long[] bounds() {
        int[] hundredths = {
            100, 112, 125, 140, 160, 180, 200, 224, 250, 280,
            315, 355, 400, 450, 500, 560, 630, 710, 800, 900
        };
        List<Long> bounds = new ArrayList<>(List.of(0L));
        for (long power = 1; power <= Long.MAX_VALUE / 10; power *= 10) {
            for (int step : hundredths) {
                long bound = power < 100 ? step * power / 100 : power / 100 * step;
                if (bound > bounds.getLast()) {
                    bounds.add(bound);
                }
            }
        }
        bounds.add(Long.MAX_VALUE);
        return bounds.stream().mapToLong(Long::longValue).toArray();
    }

    /** For each eighth of each power of two the bucket of its least value. */
    private static int[] firstBuckets() {
        int[] first = new int[eighthOf(Long.MAX_VALUE) + 1];
        int bucket = 0;
        for (int eighth = 0; eighth < first.length; eighth++) {
            while (BOUNDS[bucket] < leastOf(eighth)) {
                bucket++;
            }
            first[eighth] = bucket;
        }
        return first;
    }

    private static int eighthOf(long value) {
        if (value < 8) {
            return (int) value;
        }
        int shift = Long.SIZE - 4 - Long.numberOfLeadingZeros(value);
        return (shift + 1) * 8 + (int) (value >>> shift & 7);
    }

    private static long leastOf(int eighth) {
        return eighth < 8 ? eighth : (8L + eighth % 8) << (eighth / 8 - 1);
    }

    private static int bucketOf(long value) {
        int bucket = FIRST_BUCKETS[eighthOf(value)];
        while (BOUNDS[bucket] < value) {
            bucket++;
        }
        return bucket;
    }

    /** Counts a value; a negative one as 0. */
    public void record(long value) {
        long counted = Math.max(0, value);
        AtomicLongArray stripe = stripes[(int) Thread.currentThread().threadId() & (STRIPES - 1)];
        stripe.getAndIncrement(bucketOf(counted));
        stripe.getAndAdd(SUM, counted);
        if (stripe.get(MAX) < counted) {
            stripe.accumulateAndGet(MAX, counted, Math::max);
        }
    }

    /** How many were recorded until now. */
    public long count() {
        return distribution().count();
    }

    /** What was recorded until now. */
    public Distribution distribution() {
        long[] counts = new long[BOUNDS.length];
        long sum = 0;
        long max = 0;
        for (AtomicLongArray stripe : stripes) {
            for (int bucket = 0; bucket < BOUNDS.length; bucket++) {
                counts[bucket] += stripe.get(bucket);
            }
            sum += stripe.get(SUM);
            max = Math.max(max, stripe.get(MAX));
        }
        return new Distribution(counts, sum, max);
    }

    /** A copy at one moment. */
    public static final class Distribution {

        /** Of nothing. */
        public static final Distribution NONE = new Distribution(new long[BOUNDS.length], 0, 0);

        private final long[] counts;
        private final long count;
        private final long sum;
        private final long max;

        private Distribution(long[] counts, long sum, long max) {
            this.counts = counts;
            this.count = Arrays.stream(counts).sum();
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
                    return Math.min(BOUNDS[bucket], max);
                }
            }
            return max;
        }

        /** How many values do not exceed a bound, as far as the buckets can tell. */
        public long countUpTo(long bound) {
            long seen = 0;
            for (int bucket = 0; bucket < counts.length && BOUNDS[bucket] <= bound; bucket++) {
                seen += counts[bucket];
            }
            return seen;
        }

        /** This one and another one together. */
        public Distribution plus(Distribution other) {
            long[] both = counts.clone();
            for (int bucket = 0; bucket < both.length; bucket++) {
                both[bucket] += other.counts[bucket];
            }
            return new Distribution(both, sum + other.sum, Math.max(max, other.max));
        }

        /**
         * What was recorded between an earlier copy and this one.
         *
         * @return its greatest value is that of this one: of what came before nobody knows
         */
        public Distribution since(Distribution earlier) {
            long[] later = counts.clone();
            for (int bucket = 0; bucket < later.length; bucket++) {
                later[bucket] -= earlier.counts[bucket];
            }
            return new Distribution(later, sum - earlier.sum, max);
        }
    }
}
