package io.faraddb.engine.stats;

import io.faraddb.engine.time.TimeSource;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Transactions as their clients see them: each is counted once, when it ends, with how long it
 * took. For some of them how long each stage took is told too.
 */
public final class TransactionStats {

    /** How a transaction is run. */
    public enum Kind {
        /** A statement or procedure on one partition's thread. */
        SINGLE,
        /** A statement or procedure over several partitions. */
        MULTI,
        /** A transaction block, from its begin to its end; also a text of several statements. */
        INTERACTIVE,
        /** Rows copied in. */
        COPY,
        /** A change of the schema. */
        SCHEMA
    }

    /** How a transaction ended. */
    public enum Outcome {
        COMMITTED,
        /** Its client gave it up. */
        ROLLED_BACK,
        FAILED,
        /** It failed with 40001. */
        CONFLICT,
        /** It failed with 08007: nobody knows whether it was committed. */
        UNKNOWN
    }

    /** Why work is run once more without its client noticing. */
    public enum Retry {
        /** The schema changed on its way. */
        STALE_PLAN,
        /** What it read over several partitions was changed by another transaction. */
        CONFLICT,
        /** A prepared transaction was in its way. */
        BUSY
    }

    /** What a transaction of one partition goes through. */
    public enum Stage {
        /** From the request to the partition's queue: its turn in the session, plan, partition. */
        ROUTE,
        /** In the partition's queue. */
        QUEUE,
        /** On the partition's thread. */
        EXECUTE,
        /** From then until what it wrote is durable and applied; not for one that only reads. */
        LOG_SYNC
    }

    /** One transaction of so many of a session tells its stages. */
    private static final int SAMPLE_EVERY = 64;

    private final TimeSource time;
    private final @Nullable Histogram[] durations =
            new @Nullable Histogram[Kind.values().length * 2 * Outcome.values().length];
    private final LongAdder begun = new LongAdder();
    private final LongAdder withdrawn = new LongAdder();
    private final LongAdder[] retries = new LongAdder[Retry.values().length];
    private final Histogram[] stages = new Histogram[Stage.values().length];
    private final Histogram participants = new Histogram();

    public TransactionStats(TimeSource time) {
        this.time = time;
        for (Kind kind : Kind.values()) {
            for (boolean readOnly : new boolean[] {true, false}) {
                for (Outcome outcome : Outcome.values()) {
                    if (possible(kind, readOnly, outcome)) {
                        durations[place(kind, readOnly, outcome)] = new Histogram();
                    }
                }
            }
        }
        Arrays.setAll(retries, unused -> new LongAdder());
        Arrays.setAll(stages, unused -> new Histogram());
    }

    private static int place(Kind kind, boolean readOnly, Outcome outcome) {
        int access = kind.ordinal() * 2 + (readOnly ? 0 : 1);
        return access * Outcome.values().length + outcome.ordinal();
    }

    /** Whether transactions of this kind can end so. */
    public static boolean possible(Kind kind, boolean readOnly, Outcome outcome) {
        boolean writes = kind == Kind.COPY || kind == Kind.SCHEMA;
        if (readOnly && (writes || outcome == Outcome.UNKNOWN)) {
            return false;
        }
        return switch (outcome) {
            case COMMITTED, FAILED, UNKNOWN -> true;
            case ROLLED_BACK -> kind == Kind.INTERACTIVE;
            case CONFLICT -> kind != Kind.SINGLE && kind != Kind.SCHEMA;
        };
    }

    /** The clock that durations are taken by. */
    public long now() {
        return time.nanoTime();
    }

    /** One has begun; {@link #ended} or {@link #withdrawn} has to follow. */
    public void begun() {
        begun.increment();
    }

    /**
     * One is over.
     *
     * @param sinceNanos when it began, by {@link #now}
     */
    public void ended(Kind kind, boolean readOnly, Outcome outcome, long sinceNanos) {
        Histogram histogram = durations[place(kind, readOnly, outcome)];
        if (histogram == null) {
            boolean reads = readOnly && possible(kind, true, Outcome.FAILED);
            histogram = durations[place(kind, reads, Outcome.FAILED)];
        }
        if (histogram != null) {
            histogram.record(time.nanoTime() - sinceNanos);
        }
    }

    /** One that had begun begins anew, as another one. */
    public void withdrawn() {
        withdrawn.increment();
    }

    public void retried(Retry reason) {
        retries[reason.ordinal()].increment();
    }

    /**
     * A transaction that may touch several partitions was committed.
     *
     * @param partitions that it did touch
     */
    public void participated(int partitions) {
        participants.record(partitions);
    }

    /**
     * Follows a transaction if it is its turn.
     *
     * @param number of the transaction in its session
     * @param sinceNanos when it began, by {@link #now}
     */
    public @Nullable StageTrace trace(int number, long sinceNanos) {
        return number % SAMPLE_EVERY == 0 ? new StageTrace(this, sinceNanos) : null;
    }

    void passed(Stage stage, long nanos) {
        stages[stage.ordinal()].record(nanos);
    }

    /** How long transactions took, in nanoseconds; null for what is not {@link #possible}. */
    public Histogram.@Nullable Distribution durations(
            Kind kind, boolean readOnly, Outcome outcome) {
        Histogram histogram = durations[place(kind, readOnly, outcome)];
        return histogram == null ? null : histogram.distribution();
    }

    /** How long all transactions took that were committed, in nanoseconds. */
    public Histogram.Distribution committed(boolean readOnly) {
        Histogram.Distribution all = Histogram.Distribution.NONE;
        for (Kind kind : Kind.values()) {
            Histogram.Distribution some = durations(kind, readOnly, Outcome.COMMITTED);
            all = some == null ? all : all.plus(some);
        }
        return all;
    }

    /** Transactions that ended, however they did. */
    public long ended() {
        long ended = 0;
        for (Histogram histogram : durations) {
            ended += histogram == null ? 0 : histogram.count();
        }
        return ended;
    }

    /** Transactions that have begun and not ended. */
    public long inFlight() {
        long over = ended() + withdrawn.sum();
        return Math.max(0, begun.sum() - over);
    }

    public long retries(Retry reason) {
        return retries[reason.ordinal()].sum();
    }

    /** How long one of some transactions took in a stage, in nanoseconds. */
    public Histogram.Distribution stage(Stage stage) {
        return stages[stage.ordinal()].distribution();
    }

    /** Partitions that each transaction touched which may touch several. */
    public Histogram.Distribution participants() {
        return participants.distribution();
    }
}
