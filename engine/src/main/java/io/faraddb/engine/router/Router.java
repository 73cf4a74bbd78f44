package io.faraddb.engine.router;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.site.SiteTransaction;
import io.faraddb.engine.site.SiteWaker;
import io.faraddb.engine.site.SiteWatch;
import io.faraddb.engine.sql.exec.Execution.Interruption;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.sql.plan.Routing;
import io.faraddb.engine.stats.StageTrace;
import io.faraddb.engine.stats.TransactionStats.Stage;
import io.faraddb.engine.storage.PartitionView;
import io.faraddb.engine.storage.StoreSnapshot;
import io.faraddb.engine.txn.OptimisticTransaction;
import io.faraddb.engine.txn.Partitions;
import io.faraddb.engine.txn.SiteViews;
import io.faraddb.engine.txn.Transactions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends work to where it runs. */
public final class Router {

    /** What {@link #target} answers when no site runs it. */
    public static final int NO_SITE = Routing.SEVERAL;

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final Transactions transactions;
    private final Partitions partitions;

    public Router(Transactions transactions) {
        this.transactions = transactions;
        this.partitions = transactions.partitions();
    }

    public TokenRing ring() {
        return partitions.ring();
    }

    /**
     * The partition whose site runs a piece of work, or {@link #NO_SITE}: if it touches several
     * partitions, or no table, however long that takes.
     */
    public int target(Work work) {
        if (!work.tables()) {
            return NO_SITE;
        }
        int partition = work.partition(partitions.ring());
        return partition == Routing.ANY ? partitions.any() : partition;
    }

    /** Who waits for work on one site. */
    @FunctionalInterface
    public interface Completion {
        /**
         * The work has an outcome or a failure. Called on the site's thread: it is to be brief.
         *
         * @param outcome null if it failed
         * @param failure {@link StalePlanException} if it has to be planned again
         */
        void done(Plan.@Nullable Outcome outcome, @Nullable RuntimeException failure);
    }

    /**
     * Runs work on one site, as one serial transaction.
     *
     * @param trace follows it; null for most
     * @param interruption whether its client wants it to stop
     * @param waker wakes the site
     * @throws SqlException if the site takes no more; the completion is not called then
     */
    public void submit(
            Work work,
            int partition,
            @Nullable StageTrace trace,
            Interruption interruption,
            SiteWaker waker,
            Completion completion) {
        SiteRun run = new SiteRun(work, partition, trace, interruption, completion);
        run.passed(Stage.ROUTE);
        SiteThread site = partitions.site(partition);
        site.submit(run);
        waker.wake(site);
    }

    /**
     * Runs a brief read on the caller's thread, if the partition's rows are shared just now.
     *
     * @return null if a site has to run it
     */
    public Plan.@Nullable Outcome readHere(Work work, int partition) {
        StoreSnapshot rows =
                work.brief() ? partitions.site(partition).shared(work.catalogVersion()) : null;
        if (rows == null) {
            return null;
        }
        return work.run(new SiteViews(partitions, partition, PartitionView.of(rows)), () -> {});
    }

    private final class SiteRun implements SiteTransaction {
        private final Work work;
        private final int partition;
        private final @Nullable StageTrace trace;
        private final Interruption interruption;
        private final Completion completion;
        private Plan.@Nullable Outcome outcome;
        private boolean stale;

        SiteRun(
                Work work,
                int partition,
                @Nullable StageTrace trace,
                Interruption interruption,
                Completion completion) {
            this.work = work;
            this.partition = partition;
            this.trace = trace;
            this.interruption = interruption;
            this.completion = completion;
        }

        private void passed(Stage stage) {
            if (trace != null) {
                trace.passed(stage);
            }
        }

        @Override
        public boolean readOnly() {
            return work.readOnly();
        }

        @Override
        public void execute(PartitionView view, long catalogVersion) {
            if (catalogVersion != work.catalogVersion()) {
                stale = true;
                return;
            }
            passed(Stage.QUEUE);
            SiteWatch watch = partitions.site(partition).watch();
            outcome =
                    work.run(
                            new SiteViews(partitions, partition, view),
                            () -> {
                                watch.check();
                                interruption.check();
                            });
            passed(Stage.EXECUTE);
        }

        @Override
        public void completed(@Nullable SqlException failure) {
            RuntimeException refused =
                    failure == null && stale ? StalePlanException.INSTANCE : failure;
            if (refused == null && !readOnly()) {
                passed(Stage.LOG_SYNC);
            }
            try {
                completion.done(refused == null ? outcome : null, refused);
            } catch (RuntimeException defect) {
                // One client's trouble: the site's other clients go on.
                LOG.error("The answer of a transaction of partition {} is lost", partition, defect);
            }
        }
    }

    /**
     * Runs work over several partitions as a transaction of its own. Waits: virtual threads only.
     *
     * @throws StalePlanException if it has to be planned again
     */
    public Plan.Outcome runOverSeveral(Work work, Interruption interruption) {
        return transactions.run(transaction -> runIn(transaction, work, interruption));
    }

    /**
     * Runs work as a step of an open transaction. Waits for sites.
     *
     * @throws StalePlanException if it was planned for another catalog than the transaction's
     */
    public Plan.Outcome runIn(
            OptimisticTransaction transaction, Work work, Interruption interruption) {
        touch(transaction, work);
        return work.run(transaction, interruption);
    }

    /**
     * Opens a query as the only statement of a transaction: it reads one moment, and the
     * transaction may end before all its rows are computed. Waits for sites.
     *
     * @throws StalePlanException if it was planned for another catalog than the transaction's
     */
    public Rows open(
            OptimisticTransaction transaction,
            Work.StatementWork query,
            Interruption interruption) {
        touch(transaction, query);
        return query.open(transaction.snapshots(), interruption);
    }

    private void touch(OptimisticTransaction transaction, Work work) {
        if (transaction.catalog().version() != work.catalogVersion()) {
            throw StalePlanException.INSTANCE;
        }
        if (!work.tables()) {
            return;
        }
        Set<Integer> touched = work.partitions(partitions.ring());
        transaction.touch(touched.isEmpty() ? Set.of(transaction.anyPartition()) : touched);
    }
}
