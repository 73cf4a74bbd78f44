package io.faraddb.engine.router;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.site.SiteTransaction;
import io.faraddb.engine.sql.exec.Execution.Interruption;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.sql.plan.Routing;
import io.faraddb.engine.storage.PartitionView;
import io.faraddb.engine.storage.StoreSnapshot;
import io.faraddb.engine.txn.OptimisticTransaction;
import io.faraddb.engine.txn.Partitions;
import io.faraddb.engine.txn.SiteViews;
import io.faraddb.engine.txn.Transactions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends work to where it runs. */
public final class Router {

    private final Transactions transactions;
    private final Partitions partitions;

    public Router(Transactions transactions) {
        this.transactions = transactions;
        this.partitions = transactions.partitions();
    }

    public TokenRing ring() {
        return partitions.ring();
    }

    /** Where a piece of work runs: a partition, or {@link Routing#SEVERAL}; ANY becomes one. */
    public int target(Work work) {
        int partition = work.partition(partitions.ring());
        return partition == Routing.ANY ? partitions.any() : partition;
    }

    /**
     * Runs work on one site, as one serial transaction.
     *
     * @return fails with {@link StalePlanException} if it has to be planned again
     */
    public CompletableFuture<Plan.Outcome> submit(Work work, int partition) {
        SiteRun run = new SiteRun(work, partition);
        partitions.site(partition).submit(run);
        return run.result;
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
        private final CompletableFuture<Plan.Outcome> result = new CompletableFuture<>();
        private Plan.@Nullable Outcome outcome;
        private boolean stale;

        SiteRun(Work work, int partition) {
            this.work = work;
            this.partition = partition;
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
            SiteThread site = partitions.site(partition);
            outcome = work.run(new SiteViews(partitions, partition, view), site.watch()::check);
        }

        @Override
        public void completed(@Nullable SqlException failure) {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (stale) {
                result.completeExceptionally(StalePlanException.INSTANCE);
            } else {
                result.complete(outcome);
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
        if (transaction.catalog().version() != work.catalogVersion()) {
            throw StalePlanException.INSTANCE;
        }
        Set<Integer> touched = work.partitions(partitions.ring());
        transaction.touch(touched.isEmpty() ? Set.of(transaction.anyPartition()) : touched);
        return work.run(transaction, interruption);
    }
}
