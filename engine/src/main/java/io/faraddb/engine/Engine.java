package io.faraddb.engine;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.JarDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.catalog.UserDef;
import io.faraddb.engine.control.ControlLog;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.procedure.ProcedureLoader;
import io.faraddb.engine.procedure.ProcedureStats;
import io.faraddb.engine.recovery.Recovery;
import io.faraddb.engine.recovery.RecoveryProgress;
import io.faraddb.engine.recovery.Snapshots;
import io.faraddb.engine.ring.PartitionKeys;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.router.Router;
import io.faraddb.engine.schema.Procedures;
import io.faraddb.engine.schema.SchemaChanges;
import io.faraddb.engine.session.Database;
import io.faraddb.engine.session.EngineSession;
import io.faraddb.engine.session.PlanCache;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.session.SessionStats;
import io.faraddb.engine.session.StatementPlans;
import io.faraddb.engine.site.LogRecord;
import io.faraddb.engine.site.Partition;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.site.SiteWaker;
import io.faraddb.engine.snapshot.SnapshotStore;
import io.faraddb.engine.sql.bind.statement.Binder;
import io.faraddb.engine.sql.function.builtin.BuiltIns;
import io.faraddb.engine.sql.plan.Planner;
import io.faraddb.engine.sql.system.CatalogFunctions;
import io.faraddb.engine.sql.system.PartitionFunctions;
import io.faraddb.engine.sql.system.ServerFunctions;
import io.faraddb.engine.sql.system.SystemCatalog;
import io.faraddb.engine.stats.TransactionStats;
import io.faraddb.engine.storage.KeyRange;
import io.faraddb.engine.storage.PartitionView;
import io.faraddb.engine.storage.ScanCursor;
import io.faraddb.engine.storage.StoreSnapshot;
import io.faraddb.engine.time.TimeSource;
import io.faraddb.engine.txn.Partitions;
import io.faraddb.engine.txn.RowIds;
import io.faraddb.engine.txn.StoredRowCounts;
import io.faraddb.engine.txn.Transactions;
import io.faraddb.engine.txn.Waits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One node's database engine: all partitions, and sessions that use them. */
public final class Engine implements AutoCloseable {

    /** The log that the catalog is kept in; partitions are numbered from 0. */
    public static final int CONTROL_PARTITION = -1;

    private final EngineConfig config;
    private final ControlLog control;
    private final Partitions partitions;
    private final Transactions transactions;
    private final Database database;
    private final ExecutorService workers;
    private final Snapshots snapshots;
    private final AtomicInteger backendIds = new AtomicInteger();

    /** Opens the log of a partition. */
    @FunctionalInterface
    public interface LogSource {
        PartitionLog open(int partition);
    }

    private Engine(EngineConfig config, Sources sources, TimeSource time) {
        this.config = config;
        LogSource logs = sources.logs();
        RecoveryProgress progress = sources.progress();
        Recovery.Loaded loaded =
                new Recovery(sources.snapshots(), config.partitions(), CONTROL_PARTITION, progress)
                        .load();
        this.control =
                new ControlLog(
                        logs.open(CONTROL_PARTITION), loaded.catalog(), loaded.controlPosition());
        Waits.joinReplay(control.leading());
        this.workers =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("worker-", 0).factory());
        Queue<Undecided> undecided = new ConcurrentLinkedQueue<>();
        List<SiteThread> sites = new ArrayList<>();
        long entriesToReplay = 0;
        for (Partition partition : loaded.partitions()) {
            partition.adopt(control.current());
            PartitionLog log = logs.open(partition.id());
            entriesToReplay += log.endAtOpen().index() - partition.applied().index();
            sites.add(
                    new SiteThread(
                            partition,
                            log,
                            config.siteLimits(),
                            time,
                            (id, prepared) -> undecided.add(new Undecided(id, prepared))));
        }
        progress.replays(
                entriesToReplay,
                () -> sites.stream().mapToLong(site -> site.stats().entriesApplied()).sum());
        RowIds rowIds = new RowIds(config.partitions());
        this.partitions = new Partitions(new TokenRing(config.partitions()), sites, rowIds);
        this.transactions = new Transactions(partitions, control::current, time);
        try {
            recover(undecided);
            this.database = database(time);
            database.schema().undoUnfinished();
        } catch (RuntimeException failure) {
            closeSites();
            throw failure;
        }
        this.snapshots =
                new Snapshots(
                        sources.snapshots(),
                        transactions,
                        control,
                        CONTROL_PARTITION,
                        config.snapshotPolicy(),
                        time);
        snapshots.start();
        progress.done();
    }

    /** What a database is opened from. */
    private record Sources(LogSource logs, SnapshotStore snapshots, RecoveryProgress progress) {}

    private record Undecided(int partition, LogRecord.Prepared prepared) {}

    /**
     * Opens a database and brings it to where its logs end.
     *
     * @param progress tells how far that is
     * @throws io.faraddb.engine.error.SqlException if the logs can't be trusted, or no snapshot
     */
    public static Engine open(
            EngineConfig config,
            LogSource logs,
            SnapshotStore snapshots,
            TimeSource time,
            RecoveryProgress progress) {
        return new Engine(config, new Sources(logs, snapshots, progress), time);
    }

    private Database database(TimeSource time) {
        Binder binder =
                new Binder(
                        BuiltIns.LIBRARY.with(
                                new ServerFunctions(),
                                new CatalogFunctions(),
                                new PartitionFunctions(new PartitionKeys(partitions.ring()))),
                        SystemCatalog.INSTANCE);
        StatementPlans plans =
                new StatementPlans(binder, new Planner(new StoredRowCounts(partitions, time)));
        Procedures procedures = new Procedures(new ProcedureLoader(plans::planForProcedure), time);
        SchemaChanges schema = new SchemaChanges(control, transactions, binder, procedures);
        return new Database(
                control,
                transactions,
                new Router(transactions),
                new PlanCache(config.plansMax()),
                procedures,
                plans,
                schema,
                workers,
                time,
                new SessionStats(),
                config.memory());
    }

    private void recover(Queue<Undecided> undecided) {
        List<CompletableFuture<Void>> starts =
                partitions.sites().stream().map(SiteThread::start).toList();
        starts.forEach(Waits::joinReplay);
        for (SiteThread site : partitions.sites()) {
            seeRowIds(site.partition(), Waits.join(site.snapshotOfNow()));
        }
        for (Undecided open : undecided) {
            LogRecord.Prepared prepared = open.prepared();
            Waits.join(
                    transactions.settle(
                            prepared.transaction(), prepared.participants(), open.partition()));
        }
        // Whoever might have asked has been told.
        partitions.sites().forEach(SiteThread::forgetDecisions);
    }

    private void seeRowIds(int partition, StoreSnapshot snapshot) {
        PartitionView view = PartitionView.of(snapshot);
        for (TableDef table : control.current().tables()) {
            if (table.hasRowId()) {
                ScanCursor last = view.scan(table, null, KeyRange.ALL, true);
                if (last.next()) {
                    partitions
                            .rowIds()
                            .seen(partition, ByteBuffer.wrap(last.primaryKey()).getLong());
                }
            }
        }
    }

    /**
     * Opens a session.
     *
     * @param settings of the client's start-up message
     */
    public Session openSession(
            String user, Map<String, String> settings, SessionListener listener) {
        return openSession(user, settings, listener, SiteWaker.AT_ONCE);
    }

    /**
     * Opens a session for somebody who drives many.
     *
     * @param waker of sites that get work of this session
     */
    public Session openSession(
            String user, Map<String, String> settings, SessionListener listener, SiteWaker waker) {
        int backendId = backendIds.incrementAndGet();
        return new EngineSession(database, user, backendId, settings, listener, waker);
    }

    /** Loads what the first statement over several tables would wait for, in the background. */
    public void warmUp() {
        workers.execute(database.plans()::warmUp);
    }

    public Catalog catalog() {
        return control.current();
    }

    public @Nullable UserDef user(String name) {
        return control.current().user(name);
    }

    /** Adds or changes a user. Waits. */
    public void putUser(String name, String verifier, boolean superuser) {
        database.schema().putUser(name, verifier, superuser);
    }

    /** Loads an archive of procedures. Waits. */
    public void loadJar(JarDef jar) {
        database.schema().loadJar(jar);
    }

    public Partitions partitions() {
        return partitions;
    }

    public PlanCache planCache() {
        return database.planCache();
    }

    public TransactionStats transactionStats() {
        return transactions.stats();
    }

    public ProcedureStats procedureStats() {
        return database.procedures().stats();
    }

    public SessionStats sessionStats() {
        return database.stats();
    }

    /** Those on disk. */
    public Snapshots snapshotsOnDisk() {
        return snapshots;
    }

    /** What each partition holds. Waits for the sites. */
    public List<StoreSnapshot> snapshots() {
        return partitions.sites().stream().map(site -> Waits.join(site.snapshotOfNow())).toList();
    }

    @Override
    public void close() {
        snapshots.close();
        closeSites();
    }

    private void closeSites() {
        workers.shutdown();
        partitions.sites().forEach(SiteThread::close);
    }
}
