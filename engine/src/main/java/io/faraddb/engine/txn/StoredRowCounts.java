package io.faraddb.engine.txn;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.sql.optimize.RowCounts;
import io.faraddb.engine.storage.StoreSnapshot;
import io.faraddb.engine.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Rows as the partitions held them a few seconds ago. Waits for the sites now and then. */
public final class StoredRowCounts implements RowCounts {

    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final Partitions partitions;
    private final TimeSource time;
    private volatile Counted counted = new Counted(Map.of(), Long.MIN_VALUE);

    private record Counted(Map<Integer, Long> rows, long atNanos) {}

    public StoredRowCounts(Partitions partitions, TimeSource time) {
        this.partitions = partitions;
        this.time = time;
    }

    @Override
    public double rows(TableDef table) {
        Counted known = counted;
        long now = time.nanoTime();
        if (known.atNanos() == Long.MIN_VALUE || now - known.atNanos() > FRESH_NANOS) {
            known = new Counted(count(), now);
            counted = known;
        }
        long rows = known.rows().getOrDefault(table.oid(), 0L);
        return table.replicated() ? (double) rows / partitions.sites().size() : rows;
    }

    private Map<Integer, Long> count() {
        List<CompletableFuture<StoreSnapshot>> asked =
                partitions.sites().stream().map(SiteThread::snapshotOfNow).toList();
        Map<Integer, Long> rows = new HashMap<>();
        for (CompletableFuture<StoreSnapshot> answer : asked) {
            for (StoreSnapshot.Table table : Waits.join(answer).tables()) {
                rows.merge(table.definition().oid(), table.rows().rows(), Long::sum);
            }
        }
        return rows;
    }
}
