package io.faraddb.engine.log;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.time.SimTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of one partition's log in memory, on simulated time: entries take a while to be
 * committed and to arrive, a leader is deposed at the worst moment, appends fail when told. Runs on
 * the thread that runs the time; a seed repeats a run.
 */
public final class SimLogGroup {

    /** An entry on its way. */
    private record Pending(LogPosition position, byte[] entry) {}

    private final SimTime time;
    private final RandomGenerator random;
    private final Duration delayMax;
    private final List<LogRecord.Entry> committed = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final List<@Nullable SimLog> replicas = new ArrayList<>();
    private int leader;
    private long term = 1;
    private long lastCommitAt;
    private long truncatedThrough;
    private long indexToFail;
    private ErrorCode failureCode = ErrorCode.DISK_FULL;

    /**
     * @param delayMax until an append is committed, and until a follower hears of it
     */
    public SimLogGroup(SimTime time, RandomGenerator random, int replicas, Duration delayMax) {
        this.time = time;
        this.random = random;
        this.delayMax = delayMax;
        for (int i = 0; i < replicas; i++) {
            this.replicas.add(null);
        }
    }

    // What a test does.

    /** A replica's log; the one that was opened before hears nothing more. */
    public SimLog open(int replica) {
        SimLog before = replicas.get(replica);
        if (before != null) {
            before.crash();
        }
        SimLog log = new SimLog(this, replica);
        replicas.set(replica, log);
        return log;
    }

    /**
     * Another replica leads. What the one before has not seen committed may be lost or not, and it
     * learns of it only some time later.
     */
    public void elect(int replica) {
        SimLog deposed = replicas.get(leader);
        int surviving = random.nextInt(pending.size() + 1);
        List<Pending> survivors = List.copyOf(pending.subList(0, surviving));
        pending.clear();
        term++;
        leader = replica;
        survivors.forEach(this::commit);
        if (deposed != null) {
            time.after(delay(), deposed::deposed);
        }
        SimLog elected = replicas.get(replica);
        if (elected != null) {
            elected.elected();
        }
    }

    /** The append of this index fails, once. */
    public void failAppend(long index, ErrorCode code) {
        indexToFail = index;
        failureCode = code;
    }

    public int leader() {
        return leader;
    }

    public long term() {
        return term;
    }

    /** Entries that were committed, whoever knows. */
    public int committedCount() {
        return committed.size();
    }

    // What the replicas do.

    SimTime time() {
        return time;
    }

    Duration delay() {
        return Duration.ofNanos(random.nextLong(delayMax.toNanos() + 1));
    }

    long lastIndex() {
        return pending.isEmpty() ? committed.size() : pending.getLast().position().index();
    }

    List<LogRecord.Entry> committed() {
        return committed;
    }

    long truncatedThrough() {
        return truncatedThrough;
    }

    void truncate(long index) {
        truncatedThrough = Math.max(truncatedThrough, index);
    }

    static @Nullable SqlException refusalUnlessNext(long last, long index) {
        return index == last + 1
                ? null
                : new SqlException(
                        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "The log stands at entry " + last + ", so " + index + " can't follow");
    }

    /**
     * @return null if the entry is on its way
     */
    @Nullable SqlException append(long index, byte[] entry) {
        SqlException refusal = refusalUnlessNext(lastIndex(), index);
        if (refusal != null) {
            return refusal;
        }
        if (index == indexToFail) {
            indexToFail = 0;
            return new SqlException(failureCode, "The simulated log was told to fail");
        }
        Pending added = new Pending(new LogPosition(term, index), entry);
        pending.add(added);
        lastCommitAt = Math.max(lastCommitAt, time.nanoTime() + delay().toNanos());
        time.at(
                lastCommitAt,
                () -> {
                    if (!pending.isEmpty() && pending.getFirst() == added) {
                        pending.removeFirst();
                        commit(added);
                    }
                });
        return null;
    }

    private void commit(Pending entry) {
        committed.add(new LogRecord.Entry(entry.position(), entry.entry()));
        for (SimLog replica : replicas) {
            if (replica != null) {
                replica.heardOfCommit();
            }
        }
    }
}
