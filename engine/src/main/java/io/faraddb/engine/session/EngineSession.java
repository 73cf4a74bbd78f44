package io.faraddb.engine.session;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.router.Router;
import io.faraddb.engine.router.StalePlanException;
import io.faraddb.engine.router.Work;
import io.faraddb.engine.site.SiteWaker;
import io.faraddb.engine.sql.function.ObjectNames;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.stats.StageTrace;
import io.faraddb.engine.stats.TransactionStats;
import io.faraddb.engine.stats.TransactionStats.Kind;
import io.faraddb.engine.stats.TransactionStats.Retry;
import io.faraddb.engine.type.FormatSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The engine's session. What one site can run goes there at once and may be followed by more for
 * the same site; everything else runs on a virtual thread, one operation at a time, when nothing of
 * the session is under way.
 */
public final class EngineSession implements Session {

    /** Operations that wait in one session; a client that sends more without reading is refused. */
    private static final int WAITING_MAX = 100_000;

    private final Database database;
    private final int backendId;
    private final StatementPreparer preparer;
    private final StatementRunner runner;
    private final Settings settings;
    private final Lanes lanes;
    private final TransactionStats transactions;
    private final SiteWaker waker;
    private final Deque<Operation> waiting = new ArrayDeque<>();
    private boolean slowRunning;
    private boolean inPipeline;
    private boolean groupFailed;
    private boolean closed;
    private int onSites;

    /** Something to do in its turn. */
    private interface Operation {
        /** Begins; false if it has to wait for what is under way. Called with the lock held. */
        boolean tryStart(List<Runnable> afterwards);
    }

    /**
     * @param wanted settings of the client's start-up message
     * @param waker of sites that get work of this session
     */
    public EngineSession(
            Database database,
            String user,
            int backendId,
            Map<String, String> wanted,
            SessionListener listener,
            SiteWaker waker) {
        this.database = database;
        this.waker = waker;
        this.backendId = backendId;
        this.settings =
                new Settings(
                        user,
                        (kind, oid) -> ObjectNames.format(kind, oid, database.catalogs().current()),
                        database.time()::epochMicros);
        settings.begin(wanted);
        this.preparer = new StatementPreparer(database, settings);
        this.lanes = new Lanes(database.router().ring().partitions());
        this.runner = new StatementRunner(database, preparer, settings, user, backendId, listener);
        this.transactions = database.transactions().stats();
        // Short sessions are followed too: not all begin to count at the same number.
        this.onSites = backendId;
        database.stats().opened();
    }

    @Override
    public CompletableFuture<Prepared> prepare(String sql, int[] parameterOids) {
        CompletableFuture<Prepared> result = new CompletableFuture<>();
        submit(afterwards -> startPrepare(sql, parameterOids, result, afterwards), result);
        return result;
    }

    private boolean startPrepare(
            String sql, int[] oids, CompletableFuture<Prepared> result, List<Runnable> afterwards) {
        if (slowRunning) {
            return false;
        }
        if (groupFailed) {
            afterwards.add(() -> result.completeExceptionally(SkippedException.INSTANCE));
            return true;
        }
        PreparedStatement known = preparer.cached(sql, oids);
        if (known != null) {
            afterwards.add(() -> result.complete(known));
            return true;
        }
        runSlowly(() -> runner.prepare(sql, oids), result, false);
        return true;
    }

    @Override
    public CompletableFuture<Result> execute(
            Prepared prepared, @Nullable Object[] parameters, boolean alone) {
        Request request =
                new Request(
                        (PreparedStatement) prepared,
                        parameters,
                        new CompletableFuture<>(),
                        transactions.now());
        submit(afterwards -> startExecute(request, alone, afterwards), request.result());
        return request.result();
    }

    /** A statement to execute, and who waits for it since when. */
    private record Request(
            PreparedStatement statement,
            @Nullable Object[] parameters,
            CompletableFuture<Result> result,
            long sinceNanos) {}

    private boolean startExecute(Request request, boolean alone, List<Runnable> afterwards) {
        if (slowRunning) {
            return false;
        }
        CompletableFuture<Result> result = request.result();
        if (groupFailed) {
            afterwards.add(() -> result.completeExceptionally(SkippedException.INSTANCE));
            return true;
        }
        if (alone && runner.block() == null) {
            try {
                Work work = runner.work(request.statement(), request.parameters());
                int partition = work == null ? Router.NO_SITE : database.router().target(work);
                if (work != null && partition != Router.NO_SITE) {
                    return startOnSite(request, work, partition, afterwards);
                }
            } catch (StalePlanException stale) {
                // Planned for an earlier catalog: planned again below, where it may take its time.
            }
        }
        if (lanes.busy()) {
            return false;
        }
        runSlowly(
                () -> runner.execute(request.statement(), request.parameters(), alone),
                result,
                true);
        return true;
    }

    private boolean startOnSite(
            Request request, Work work, int partition, List<Runnable> afterwards) {
        boolean readOnly = work.readOnly();
        if (!lanes.open(partition, readOnly, settings.orderedByPartition())) {
            return false;
        }
        transactions.begun();
        Plan.Outcome here;
        try {
            here = database.router().readHere(work, partition);
        } catch (SqlException refused) {
            ended(request, readOnly, refused);
            throw refused;
        }
        if (here != null) {
            ended(request, readOnly, null);
            Result answer = StatementRunner.result(request.statement(), here);
            afterwards.add(() -> request.result().complete(answer));
            return true;
        }
        enterPipeline();
        lanes.enter(partition, readOnly);
        StageTrace trace = transactions.trace(onSites++, request.sinceNanos());
        try {
            OnSite run = new OnSite(request, partition, readOnly);
            database.router()
                    .submit(
                            work,
                            partition,
                            trace,
                            runner.cancellation().onSite(settings),
                            waker,
                            (outcome, failure) -> finishOnSite(run, outcome, failure));
        } catch (SqlException refused) {
            ended(request, readOnly, refused);
            lanes.leave(partition, readOnly);
            afterwards.add(() -> request.result().completeExceptionally(refused));
        }
        return true;
    }

    private void ended(Request request, boolean readOnly, @Nullable Throwable failure) {
        transactions.ended(
                Kind.SINGLE, readOnly, SessionStats.outcome(failure), request.sinceNanos());
    }

    private record OnSite(Request request, int partition, boolean readOnly) {}

    private void finishOnSite(
            OnSite run, Plan.@Nullable Outcome outcome, @Nullable Throwable failure) {
        Request request = run.request();
        if (failure instanceof StalePlanException) {
            // The catalog changed on its way: plan again, in its place before what waits.
            transactions.withdrawn();
            transactions.retried(Retry.STALE_PLAN);
            synchronized (waiting) {
                lanes.leave(run.partition(), run.readOnly());
                waiting.addFirst(afterwards -> startExecute(request, true, afterwards));
            }
            pump();
            return;
        }
        transactions.ended(
                Kind.SINGLE, run.readOnly(), SessionStats.outcome(failure), request.sinceNanos());
        if (outcome != null) {
            request.result().complete(StatementRunner.result(request.statement(), outcome));
        } else if (failure != null) {
            database.stats().failed();
            request.result().completeExceptionally(failure);
        }
        boolean more;
        synchronized (waiting) {
            lanes.leave(run.partition(), run.readOnly());
            more = !waiting.isEmpty();
        }
        if (more) {
            pump();
        }
    }

    @Override
    public CompletableFuture<TransactionStatus> sync() {
        CompletableFuture<TransactionStatus> result = new CompletableFuture<>();
        submit(afterwards -> startSync(result, afterwards), result);
        return result;
    }

    private boolean startSync(
            CompletableFuture<TransactionStatus> result, List<Runnable> afterwards) {
        if (slowRunning) {
            return false;
        }
        Block block = runner.block();
        boolean failed = groupFailed;
        groupFailed = false;
        if (block == null || block.explicit()) {
            inPipeline = false;
            TransactionStatus status = runner.status();
            afterwards.add(() -> result.complete(status));
            return true;
        }
        runSlowly(() -> runner.endImplicit(failed), result, false);
        inPipeline = false;
        return true;
    }

    @Override
    public CompletableFuture<TransactionStatus> query(String sql, ResultListener results) {
        CompletableFuture<TransactionStatus> result = new CompletableFuture<>();
        submit(afterwards -> startQuery(sql, results, result), result);
        return result;
    }

    private boolean startQuery(
            String sql, ResultListener results, CompletableFuture<TransactionStatus> result) {
        if (slowRunning || lanes.busy()) {
            return false;
        }
        inPipeline = false;
        runSlowly(() -> runner.script(sql, results), result, false);
        inPipeline = false;
        return true;
    }

    private void submit(Operation operation, CompletableFuture<?> result) {
        boolean refused = false;
        synchronized (waiting) {
            if (closed || waiting.size() >= WAITING_MAX) {
                refused = true;
            } else {
                waiting.addLast(afterwards -> start(operation, afterwards, result));
            }
        }
        if (refused) {
            result.completeExceptionally(
                    new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            closed
                                    ? "the session is closed"
                                    : "more than "
                                            + WAITING_MAX
                                            + " requests wait in the session"));
            return;
        }
        pump();
    }

    /** As the operation's own start; one that fails in it has ended. */
    private boolean start(
            Operation operation, List<Runnable> afterwards, CompletableFuture<?> result) {
        try {
            return operation.tryStart(afterwards);
        } catch (RuntimeException failure) {
            runner.fail();
            SqlException answer = runner.failure(failure);
            afterwards.add(() -> result.completeExceptionally(answer));
            return true;
        }
    }

    /** Starts what can be started, in order; completes outside of the lock. */
    private void pump() {
        List<Runnable> afterwards = new ArrayList<>(2);
        synchronized (waiting) {
            while (!waiting.isEmpty()) {
                Operation next = waiting.removeFirst();
                if (!next.tryStart(afterwards)) {
                    waiting.addFirst(next);
                    break;
                }
            }
        }
        afterwards.forEach(Runnable::run);
    }

    private void enterPipeline() {
        if (!inPipeline) {
            inPipeline = true;
            runner.cancellation().beginPipeline();
        }
    }

    /** What may take its time. */
    @FunctionalInterface
    private interface Slow<T> {
        T run();
    }

    /**
     * @param inGroup whether a failure makes the rest of the pipeline be skipped
     */
    private <T, R extends T> void runSlowly(
            Slow<R> work, CompletableFuture<T> result, boolean inGroup) {
        enterPipeline();
        slowRunning = true;
        database.workers()
                .execute(() -> {
                    Runnable completion = attempt(work, result);
                    synchronized (waiting) {
                        slowRunning = false;
                        groupFailed |= failed(inGroup, completion);
                    }
                    completion.run();
                    pump();
                });
    }

    private boolean failed(boolean inGroup, Runnable completion) {
        return completion instanceof Failure && (inGroup || runner.inImplicitBlock());
    }

    private interface Failure extends Runnable {}

    private <T, R extends T> Runnable attempt(Slow<R> work, CompletableFuture<T> result) {
        try {
            R value = work.run();
            return () -> result.complete(value);
        } catch (Throwable failure) {
            SqlException answer = runner.failure(failure);
            return (Failure) () -> result.completeExceptionally(answer);
        }
    }

    @Override
    public void fail() {
        submit(this::startFail, new CompletableFuture<>());
    }

    private boolean startFail(List<Runnable> afterwards) {
        if (slowRunning) {
            return false;
        }
        runner.fail();
        groupFailed = true;
        return true;
    }

    @Override
    public int backendId() {
        return backendId;
    }

    @Override
    public FormatSettings formats() {
        return settings.formats();
    }

    @Override
    public void cancel() {
        runner.cancellation().cancel();
    }

    @Override
    public void close() {
        synchronized (waiting) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
        }
        runner.cancellation().close();
        runner.close();
        database.stats().closed();
    }

    @Override
    public List<Setting> reportedSettings() {
        return settings.reported();
    }

    /** How much of the session is under way in each partition. With the session's lock held. */
    private static final class Lanes {
        private final int[] reads;
        private final int[] writes;
        private int total;

        Lanes(int partitions) {
            reads = new int[partitions];
            writes = new int[partitions];
        }

        boolean busy() {
            return total > 0;
        }

        /**
         * Whether a turn has come: a read waits for the session's writes, and in strict order
         * nothing overtakes what runs in another partition.
         *
         * @param relaxed whether only the order within a partition counts
         */
        boolean open(int partition, boolean readOnly, boolean relaxed) {
            boolean elsewhere = total > reads[partition] + writes[partition];
            return !(elsewhere && !relaxed) && !(readOnly && writes[partition] > 0);
        }

        void enter(int partition, boolean readOnly) {
            (readOnly ? reads : writes)[partition]++;
            total++;
        }

        void leave(int partition, boolean readOnly) {
            (readOnly ? reads : writes)[partition]--;
            total--;
        }

        @Override
        public String toString() {
            return Arrays.toString(reads) + Arrays.toString(writes);
        }
    }
}
