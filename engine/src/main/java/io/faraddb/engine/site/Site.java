package io.faraddb.engine.site;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.storage.Changes;
import io.faraddb.engine.storage.Overlay;
import io.faraddb.engine.storage.PartitionView;
import io.faraddb.engine.storage.ReservedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions of one partition one after the other and turns their changes into log entries.
 * Single-threaded: everything here runs on the site's thread, which {@link SiteThread} drives.
 */
final class Site {

    /** What a transaction that runs on the site may write: it becomes one record. */
    private static final int TRANSACTION_BYTES_MAX = 32 << 20;

    private final Partition partition;
    private final PartitionLog log;
    private final SiteLimits limits;
    private final SiteListener listener;
    private final Overlay pending = new Overlay();
    private final SharedState shared = new SharedState();
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private final Map<Long, List<SiteTransaction>> parked = new HashMap<>();
    private Batch open = new Batch();
    private long sequence;
    private long nextIndex;
    private boolean leads;
    private long term;
    private int holds;
    private final Deque<Runnable> heldBack = new ArrayDeque<>();

    /** An entry that the log has not committed yet. */
    private record InFlight(long index, Batch batch, long lastSequence) {}

    /** What a site tells those above: counters, and that it had to stop. */
    interface SiteListener {
        /** An entry was applied. */
        void applied(LogPosition position, int transactions, int bytes);

        /** A transaction prepared by an earlier run or leader has no decision. */
        void undecided(LogRecord.Prepared prepared);

        /** An append failed, told on any thread: bring it back to {@link Site#appendFailed}. */
        void appendFailed(Batch batch, Throwable failure);
    }

    Site(Partition partition, PartitionLog log, SiteLimits limits, SiteListener listener) {
        this.partition = partition;
        this.log = log;
        this.limits = limits;
        this.listener = listener;
        this.nextIndex = partition.applied().index() + 1;
    }

    Partition partition() {
        return partition;
    }

    Overlay pending() {
        return pending;
    }

    boolean leads() {
        return leads;
    }

    /** Whether a transaction can be taken: the open batch has room. */
    boolean ready() {
        return open.bytes() < limits.batchBytesMax()
                && open.records().size() < EntryCodec.RECORDS_MAX;
    }

    /** Whether nothing is under way: every answer is out. */
    boolean quiet() {
        return inFlight.isEmpty() && open.empty();
    }

    void run(SiteTransaction transaction) {
        if (!leads) {
            transaction.completed(noLeader());
            return;
        }
        try {
            if (transaction.readOnly()) {
                read(transaction);
            } else {
                write(transaction);
            }
        } catch (ReservedException reserved) {
            parked.computeIfAbsent(reserved.transaction(), unused -> new ArrayList<>())
                    .add(transaction);
        }
    }

    SqlException noLeader() {
        return new SqlException(
                ErrorCode.CANNOT_CONNECT_NOW,
                "partition " + partition.id() + " has no leader here");
    }

    private void read(SiteTransaction transaction) {
        shared.read();
        SqlException failure = null;
        try {
            transaction.execute(
                    PartitionView.committed(partition.store(), partition.reservations()),
                    partition.catalogVersion());
        } catch (SqlException refused) {
            failure = refused;
        }
        transaction.completed(failure);
    }

    /** Also a failure waits for the entries before it: it may be about what they wrote. */
    private void write(SiteTransaction transaction) {
        Overlay own = new Overlay();
        SqlException failure = null;
        try {
            transaction.execute(
                    PartitionView.working(
                            partition.store(), partition.reservations(), pending, own),
                    partition.catalogVersion());
        } catch (SqlException refused) {
            failure = refused;
        }
        if (failure == null && !own.isEmpty()) {
            Changes changes = own.toChanges();
            if (changes.encodedLength() > TRANSACTION_BYTES_MAX) {
                failure = tooLarge();
            } else {
                append(new LogRecord.Committed(changes), own);
            }
        }
        SqlException outcome = failure;
        afterPending(lost -> transaction.completed(lost != null ? lost : outcome));
    }

    private static SqlException tooLarge() {
        return new SqlException(
                        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                        "a statement or procedure of one partition cannot write more than "
                                + (TRANSACTION_BYTES_MAX >> 20)
                                + " MiB")
                .hint("Write it in a transaction block, with COPY, or in several statements.");
    }

    /** Adds a record to the open batch; what it changes is pending from now on. */
    void append(LogRecord logRecord, @Nullable Overlay changed) {
        open.add(logRecord);
        if (changed != null) {
            pending.merge(changed, ++sequence);
        }
    }

    /** Sends a record that others wait for, in an entry of its own. */
    void appendUrgently(LogRecord logRecord) {
        if (!open.empty()) {
            seal();
        }
        open.makeUrgent();
        open.add(logRecord);
        seal();
    }

    /** Completes when all that is pending now is durable; at once if nothing is. */
    void afterPending(Batch.Completion completion) {
        if (!open.empty()) {
            open.await(completion);
        } else if (!inFlight.isEmpty()) {
            inFlight.getLast().batch().await(completion);
        } else {
            completion.done(null);
        }
    }

    /** Sends the open batch to the log if there is one and the log has room. */
    void seal(boolean idle) {
        boolean room = inFlight.size() < limits.entriesInFlightMax();
        if (!open.empty() && room && (idle || open.bytes() >= limits.entryBytesTarget())) {
            seal();
        }
    }

    /** Sends the open batch however many are under way: for the parts of a large transaction. */
    void seal() {
        Batch batch = open;
        open = new Batch();
        long index = nextIndex++;
        inFlight.addLast(new InFlight(index, batch, sequence));
        LogPosition position = new LogPosition(term, index);
        byte[] entry = EntryCodec.encode(batch.records());
        CompletableFuture<LogPosition> append =
                batch.urgent() ? log.appendDecision(position, entry) : log.append(position, entry);
        var unused =
                append.exceptionally(failure -> {
                    listener.appendFailed(batch, failure);
                    return LogPosition.START;
                });
    }

    /** The log has committed an entry. */
    void committed(LogPosition position, byte[] entry) {
        if (holds > 0) {
            heldBack.addLast(() -> commit(position, entry));
        } else {
            commit(position, entry);
        }
    }

    private void commit(LogPosition position, byte[] entry) {
        InFlight first = inFlight.peekFirst();
        boolean own = first != null && first.index() == position.index();
        List<LogRecord> records =
                own && first != null ? first.batch().records() : EntryCodec.decode(entry);
        shared.takeBack();
        partition.apply(position, records);
        nextIndex = Math.max(nextIndex, position.index() + 1);
        if (own && first != null) {
            inFlight.removeFirst();
            forgetPending(first);
            first.batch().complete(null);
        }
        listener.applied(position, records.size(), entry.length);
        for (LogRecord logRecord : records) {
            if (logRecord instanceof LogRecord.Decided decided) {
                unpark(decided.transaction());
            }
        }
    }

    /** Forgets what the committed entry left pending. */
    private void forgetPending(InFlight entry) {
        if (quiet()) {
            pending.clear();
        } else {
            pending.forgetThrough(entry.lastSequence());
        }
    }

    private void unpark(long transaction) {
        List<SiteTransaction> waiting = parked.remove(transaction);
        if (waiting != null) {
            waiting.forEach(this::run);
        }
    }

    /**
     * An append failed: it and all behind it are lost, and so is what they left pending. The word
     * of that may come late, when the batch was lost with one before it and others have its index.
     */
    void appendFailed(Batch failed, SqlException failure) {
        if (inFlight.stream().noneMatch(entry -> entry.batch() == failed)) {
            return;
        }
        List<Batch> lost = new ArrayList<>();
        while (!lost.contains(failed)) {
            InFlight last = inFlight.removeLast();
            lost.addFirst(last.batch());
            nextIndex = last.index();
        }
        lost.addLast(open);
        open = new Batch();
        pending.clear();
        replayPending();
        lost.forEach(batch -> batch.complete(failure));
        boolean gone = failure.code() != ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN;
        for (Batch batch : lost) {
            batch.records().forEach(dropped -> drop(dropped, gone));
        }
    }

    /**
     * Whoever waited for a prepared transaction runs now, on what is left.
     *
     * @param gone whether the record will never be in the log
     */
    private void drop(LogRecord logRecord, boolean gone) {
        if (logRecord instanceof LogRecord.Prepared prepared) {
            partition.notPrepared(prepared.transaction());
            if (gone) {
                partition.forgetParts(prepared.transaction());
            }
            unpark(prepared.transaction());
        }
    }

    /** See {@link Partition#giveUp}. */
    void giveUp(long transaction) {
        partition.giveUp(transaction);
        unpark(transaction);
    }

    /** What is still in flight is pending again, from its records. */
    private void replayPending() {
        Deque<InFlight> kept = new ArrayDeque<>(inFlight);
        inFlight.clear();
        for (InFlight entry : kept) {
            for (LogRecord logRecord : entry.batch().records()) {
                if (logRecord instanceof LogRecord.Committed committed) {
                    Overlay again = Overlay.of(committed.changes(), partition.store(), pending);
                    pending.merge(again, ++sequence);
                }
            }
            inFlight.addLast(new InFlight(entry.index(), entry.batch(), sequence));
        }
    }

    void leadership(boolean nowLeads, long newTerm) {
        shared.takeBack();
        leads = nowLeads;
        term = newTerm;
        if (!nowLeads) {
            if (!inFlight.isEmpty()) {
                appendFailed(
                        inFlight.getFirst().batch(),
                        new SqlException(
                                ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN,
                                "the partition's leader changed before the outcome was known"));
            }
            // Nobody will decide here what they wait for.
            List.copyOf(parked.keySet()).forEach(this::unpark);
        } else {
            partition.forgetOrphanParts();
            partition.prepared().values().forEach(listener::undecided);
        }
    }

    SharedState shared() {
        return shared;
    }

    /** Lets others read the rows if they ask for that and nothing is under way. */
    void shareIfWanted() {
        if (shared.wanted()
                && leads
                && quiet()
                && partition.reservations().isEmpty()
                && !partition.awaitsDecision()) {
            shared.share(partition.store().snapshot());
        }
    }

    /** Holds back what the log commits, for a consistent cut. */
    void hold() {
        holds++;
    }

    void release() {
        holds--;
        Invariant.check(holds >= 0, "a hold is released once");
        while (holds == 0 && !heldBack.isEmpty()) {
            heldBack.removeFirst().run();
        }
    }

    boolean held() {
        return holds > 0;
    }

    @Nullable Changes preparedChanges(long transaction) {
        return partition.preparedChanges(transaction);
    }
}
