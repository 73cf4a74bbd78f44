package io.faraddb.engine.site;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.storage.Overlay;
import io.faraddb.engine.storage.ReadSet;
import io.faraddb.engine.storage.StoreSnapshot;
import io.faraddb.engine.storage.TableSize;
import io.faraddb.engine.time.TimeSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a site: takes transactions and control messages, runs them, sends batches to the
 * log. All public methods may be called from any thread; futures complete on the site's thread.
 */
public final class SiteThread implements PartitionLog.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SiteThread.class);

    private static final int DRAIN_MAX = 256;
    private static final int SPINS = 50;

    /** Entries that are replayed and wait for the site. */
    private static final int REPLAY_AHEAD_MAX = 4096;

    private final Site site;
    private final PartitionLog log;
    private final SiteWatch watch;
    private final SiteStats stats;
    private final TimeSource time;
    private final MpscArrayQueue<SiteTransaction> transactions;
    private final Queue<Runnable> control = new ConcurrentLinkedQueue<>();
    private final Prepares prepares;
    private final Semaphore replayAhead = new Semaphore(REPLAY_AHEAD_MAX);
    private final CompletableFuture<Void> leading = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean replayed;
    private volatile boolean parked;
    private volatile boolean closed;
    private volatile @Nullable Throwable broken;
    private @Nullable Object exclusive;

    public SiteThread(
            Partition partition,
            PartitionLog log,
            SiteLimits limits,
            TimeSource time,
            PreparedListener undecided) {
        this.log = log;
        this.stats = new SiteStats();
        this.time = time;
        this.watch = new SiteWatch(time, limits.executionMax());
        this.transactions = new MpscArrayQueue<>(limits.queueMax());
        this.site = new Site(partition, log, limits, new Callbacks(undecided));
        this.prepares = new Prepares(site);
        this.thread = new Thread(this::loop, "site-" + partition.id());
        thread.setDaemon(true);
    }

    /** Takes prepared transactions of an earlier run that need a decision. */
    @FunctionalInterface
    public interface PreparedListener {
        void undecided(int partition, LogRecord.Prepared prepared);
    }

    private final class Callbacks implements Site.SiteListener {
        private final PreparedListener undecided;

        Callbacks(PreparedListener undecided) {
            this.undecided = undecided;
        }

        @Override
        public void applied(LogPosition position, int records, int bytes) {
            stats.applied(position, records, bytes);
            prepares.applied();
        }

        @Override
        public void undecided(LogRecord.Prepared prepared) {
            undecided.undecided(site.partition().id(), prepared);
        }

        @Override
        public void appendFailed(Batch batch, Throwable failure) {
            tell(() -> site.appendFailed(batch, SiteThread.asSqlException(failure)));
        }
    }

    static SqlException asSqlException(Throwable failure) {
        Throwable cause =
                failure instanceof java.util.concurrent.CompletionException wrapped
                                && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
        return cause instanceof SqlException sql
                ? sql
                : new SqlException(ErrorCode.IO_ERROR, "the log failed: " + cause);
    }

    /**
     * Begins to replay and then to serve.
     *
     * @return completes when all earlier entries are applied and the site leads: it has told then
     *     of all transactions that are prepared here and not decided
     */
    public CompletableFuture<Void> start() {
        thread.start();
        log.start(site.partition().applied(), this);
        return leading;
    }

    public int partition() {
        return site.partition().id();
    }

    public SiteStats stats() {
        return stats;
    }

    /** What has to be checked while a transaction runs. */
    public SiteWatch watch() {
        return watch;
    }

    /**
     * Queues a transaction. The site may be asleep: {@link #wake} has to follow.
     *
     * @throws SqlException 53000 when the queue is full
     */
    public void submit(SiteTransaction transaction) {
        Throwable cause = broken;
        if (cause != null || closed) {
            throw new SqlException(
                    ErrorCode.CANNOT_CONNECT_NOW,
                    "partition "
                            + partition()
                            + " has stopped"
                            + (cause == null ? "" : ": " + cause.getMessage()));
        }
        if (!transactions.offer(transaction)) {
            stats.refused();
            throw new SqlException(
                            ErrorCode.INSUFFICIENT_RESOURCES,
                            "the queue of partition " + partition() + " is full")
                    .hint("Send fewer requests at once.");
        }
    }

    private void tell(Runnable message) {
        control.add(message);
        wake();
    }

    /** Lets the site see what is queued. Costs nothing when it is awake. */
    public void wake() {
        if (parked) {
            parked = false;
            LockSupport.unpark(thread);
        }
    }

    /**
     * The committed rows, for a read that needs no more and takes no time; may be called from any
     * thread.
     *
     * @param catalogVersion that the read was planned for
     * @return null if the site itself has to be asked
     */
    public @Nullable StoreSnapshot shared(long catalogVersion) {
        StoreSnapshot rows = site.shared().current();
        return rows == null || rows.catalogVersion() != catalogVersion ? null : rows;
    }

    /** A snapshot of what is committed, with every transaction that is prepared now decided. */
    public CompletableFuture<StoreSnapshot> snapshot() {
        CompletableFuture<StoreSnapshot> result = new CompletableFuture<>();
        tell(() -> prepares.afterPreparedNow(new SnapshotOnceDecided(result)));
        return result;
    }

    /** Gives the rows when the decisions are made. */
    private class SnapshotOnceDecided implements Prepares.Decisions {
        private final CompletableFuture<StoreSnapshot> result;

        SnapshotOnceDecided(CompletableFuture<StoreSnapshot> result) {
            this.result = result;
        }

        @Override
        public void made() {
            result.complete(site.partition().store().snapshot());
        }

        @Override
        public void refused(SqlException failure) {
            result.completeExceptionally(failure);
        }
    }

    /** A snapshot of what is committed, whatever is prepared: to look at, not to decide by. */
    public CompletableFuture<StoreSnapshot> snapshotOfNow() {
        CompletableFuture<StoreSnapshot> result = new CompletableFuture<>();
        tell(() -> result.complete(site.partition().store().snapshot()));
        return result;
    }

    /**
     * The same as {@link #snapshot}, and nothing is applied until {@link #release}: one side of a
     * consistent cut.
     */
    public CompletableFuture<StoreSnapshot> hold() {
        CompletableFuture<StoreSnapshot> result = new CompletableFuture<>();
        tell(() ->
                prepares.hold(
                        new SnapshotOnceDecided(result) {
                            @Override
                            public void made() {
                                site.hold();
                                super.made();
                            }

                            @Override
                            public void refused(SqlException failure) {
                                prepares.release();
                                super.refused(failure);
                            }
                        }));
        return result;
    }

    public void release() {
        tell(() -> {
            site.release();
            prepares.release();
        });
    }

    /** What each table takes, without the cost of a snapshot. */
    public CompletableFuture<List<TableSize>> tableSizes() {
        CompletableFuture<List<TableSize>> result = new CompletableFuture<>();
        tell(() -> result.complete(site.partition().store().sizes()));
        return result;
    }

    /** A snapshot together with the position that it stands at and what else the state holds. */
    public CompletableFuture<PartitionImage> image() {
        CompletableFuture<PartitionImage> result = new CompletableFuture<>();
        tell(() -> result.complete(PartitionImage.of(site.partition())));
        return result;
    }

    /**
     * The part of a transaction over several partitions that falls on this one: checks what it
     * read, reserves what it writes, and logs it.
     *
     * @return completes when it is durable: a vote to commit; fails with 40001 if what was read has
     *     changed, with {@link BusyException} if a prepared transaction is in the way
     */
    public CompletableFuture<Void> prepare(Participation participation) {
        CompletableFuture<Void> vote = new CompletableFuture<>();
        tell(() -> prepares.prepare(participation, exclusive, vote));
        return vote;
    }

    /**
     * Logs the outcome of a prepared transaction. One that is aborted is in nobody's way from now
     * on, whether the log takes that or not.
     *
     * @return completes when it is applied; fails when the log did not take it
     */
    public CompletableFuture<Void> decide(long transaction, boolean commit) {
        return decide(transaction, commit, false);
    }

    /** The same once more, after the log did not take it: there may be room kept for it. */
    public CompletableFuture<Void> decideAgain(long transaction, boolean commit) {
        return decide(transaction, commit, true);
    }

    private CompletableFuture<Void> decide(long transaction, boolean commit, boolean urgent) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tell(() -> prepares.decide(transaction, commit, urgent, done));
        return done;
    }

    /** For the first participant: what was decided; an unknown transaction is decided to abort. */
    public CompletableFuture<Boolean> outcome(long transaction) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        tell(() -> prepares.outcome(transaction, result));
        return result;
    }

    /** All participants have applied the decision: the first one may forget it. */
    public void forget(long transaction) {
        tell(() -> site.append(new LogRecord.Forgotten(transaction), null));
    }

    /** Forgets all that was decided before now: every participant knows it. */
    public void forgetDecisions() {
        tell(() ->
                List.copyOf(site.partition().decisions().keySet())
                        .forEach(transaction ->
                                site.append(new LogRecord.Forgotten(transaction), null)));
    }

    /**
     * Commits an interactive transaction of this partition alone, in its turn.
     *
     * @param reads what must not have changed; null to check nothing
     * @param catalogVersion that its statements were planned for; another one is a conflict
     */
    public CompletableFuture<Void> commit(
            @Nullable ReadSet reads, Overlay changes, StoreSnapshot snapshot, long catalogVersion) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        submit(new OptimisticCommit(site, reads, changes, snapshot, catalogVersion, done));
        wake();
        return done;
    }

    /**
     * Stops taking transactions once all under way are done; messages are still taken.
     *
     * @param owner whose transactions are prepared meanwhile
     */
    public CompletableFuture<Void> exclusive(Object owner) {
        CompletableFuture<Void> granted = new CompletableFuture<>();
        tell(() -> grant(owner, granted));
        return granted;
    }

    private void grant(Object owner, CompletableFuture<Void> granted) {
        if (!site.leads()) {
            granted.completeExceptionally(site.noLeader());
            return;
        }
        if (exclusive == null) {
            exclusive = owner;
        }
        if (exclusive == owner && site.quiet() && !site.partition().awaitsDecision()) {
            granted.complete(null);
        } else {
            retry.add(() -> grant(owner, granted));
        }
    }

    public void endExclusive(Object owner) {
        tell(() -> {
            if (exclusive == owner) {
                exclusive = null;
            }
        });
    }

    private final Queue<Runnable> retry = new java.util.ArrayDeque<>();

    /** Goes over to another catalog, between two transactions. */
    public CompletableFuture<Void> adopt(Catalog catalog) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tell(() -> {
            site.shared().takeBack();
            site.partition().adopt(catalog);
            done.complete(null);
        });
        return done;
    }

    /** Tells the log what it may forget. */
    public void truncateLog(LogPosition through) {
        log.truncateThrough(through);
    }

    /** During the replay, which is faster than the site, this waits; the log allows that then. */
    @Override
    public void committed(LogPosition position, byte[] entry) {
        if (replayed) {
            tell(() -> site.committed(position, entry));
            return;
        }
        replayAhead.acquireUninterruptibly();
        tell(() -> {
            site.committed(position, entry);
            replayAhead.release();
        });
    }

    @Override
    public void replayed(LogPosition last) {
        tell(() -> {
            site.partition().replayed();
            replayed = true;
        });
    }

    @Override
    public void leadership(boolean leads, long term) {
        tell(() -> leads(leads, term));
    }

    @Override
    public void failed(Throwable cause) {
        tell(() -> {
            LOG.error("The log of partition {} failed; it takes no writes", partition(), cause);
            leads(false, 0);
            leading.completeExceptionally(cause);
        });
    }

    private void leads(boolean leads, long term) {
        site.leadership(leads, term);
        if (!leads) {
            prepares.leadershipLost();
        }
        stats.leads(leads);
        if (leads) {
            leading.complete(null);
        }
    }

    private void loop() {
        int idle = 0;
        while (!closed) {
            try {
                boolean worked = turn();
                idle = worked ? 0 : idle + 1;
                if (idle > SPINS) {
                    park();
                    idle = 0;
                } else if (idle > 0) {
                    Thread.onSpinWait();
                }
            } catch (Throwable defect) {
                stop(defect);
                return;
            }
        }
    }

    /** One round; false if there was nothing to do. */
    private boolean turn() {
        int done = 0;
        for (Runnable message = control.poll(); message != null; message = control.poll()) {
            message.run();
            done++;
        }
        if (done > 0) {
            retryWaiting();
        }
        int taken = 0;
        while (taken < DRAIN_MAX && exclusive == null && site.ready()) {
            SiteTransaction next = transactions.poll();
            if (next == null) {
                break;
            }
            watch.begin();
            site.run(next);
            watch.end();
            taken++;
            site.seal(false);
        }
        stats.executed(taken);
        site.seal(true);
        site.shareIfWanted();
        return done + taken > 0;
    }

    private void retryWaiting() {
        for (int i = retry.size(); i > 0; i--) {
            Runnable waiting = retry.remove();
            waiting.run();
        }
    }

    private void park() {
        parked = true;
        if (control.isEmpty() && (transactions.isEmpty() || exclusive != null || !site.ready())) {
            stats.idleBegins(time.nanoTime());
            LockSupport.park(this);
            stats.idleEnds(time.nanoTime());
        }
        parked = false;
    }

    /** A broken invariant: no answer is better than a wrong one. */
    private void stop(Throwable defect) {
        LOG.error("Site {} stops: its state can no longer be trusted", partition(), defect);
        broken = defect;
        site.shared().takeBack();
        leading.completeExceptionally(defect);
        endReplay();
        SqlException stopped =
                new SqlException(
                        ErrorCode.INTERNAL_ERROR,
                        "partition " + partition() + " has stopped: " + defect.getMessage());
        for (SiteTransaction waiting = transactions.poll();
                waiting != null;
                waiting = transactions.poll()) {
            waiting.completed(stopped);
        }
    }

    /** Lets go of whoever replays for a site that takes no more. */
    private void endReplay() {
        replayAhead.release(Integer.MAX_VALUE / 2);
    }

    public int queueDepth() {
        return transactions.size();
    }

    public @Nullable Throwable broken() {
        return broken;
    }

    @Override
    public void close() {
        closed = true;
        site.shared().takeBack();
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (broken == null) {
            endReplay();
        }
        log.close();
    }
}
