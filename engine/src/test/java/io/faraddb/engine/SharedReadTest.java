package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.site.Participation;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.storage.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Point reads that run beside the site, while others write. */
class SharedReadTest {

    private static final int WRITES = 2_000;
    private static final int READS_BETWEEN = 40;
    private static final int READERS = 3;
    private static final int IDS = 4;
    private static final int DONE = 1;

    @Test
    void aReadSeesWhatWasAcknowledgedBeforeItBegan() {
        try (TestDatabase database = new TestDatabase(2);
                TestSession writer = database.session();
                ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            writer.run("CREATE TABLE t (id int PRIMARY KEY, v int)");
            writer.run("INSERT INTO t SELECT g, 0 FROM generate_series(1, %d) g".formatted(IDS));
            AtomicIntegerArray acknowledged = new AtomicIntegerArray(IDS + 1);
            AtomicInteger reads = new AtomicInteger();
            List<CompletableFuture<Void>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(
                        CompletableFuture.runAsync(
                                () -> readUntilDone(database, acknowledged, reads), threads));
            }
            for (int i = 1; i <= WRITES; i++) {
                // Two-phase commit now and then: a prepared row is not to be read past.
                if (i % 5 == 0) {
                    writer.run("UPDATE t SET v = " + i);
                    for (int id = 1; id <= IDS; id++) {
                        acknowledged.set(id, i);
                    }
                } else {
                    writer.run("UPDATE t SET v = " + i + " WHERE id = 1");
                    acknowledged.set(1, i);
                }
                int enough = reads.get() + READS_BETWEEN;
                while (reads.get() < enough && !readers.stream().anyMatch(r -> r.isDone())) {
                    Thread.onSpinWait();
                }
            }
            acknowledged.set(0, DONE);
            readers.forEach(CompletableFuture::join);
        }
    }

    private static void readUntilDone(
            TestDatabase database, AtomicIntegerArray acknowledged, AtomicInteger reads) {
        try (TestSession session = database.session()) {
            for (int i = 0; acknowledged.get(0) != DONE; i++) {
                int id = 1 + i % IDS;
                int least = acknowledged.get(id);
                String seen = session.run("SELECT v FROM t WHERE id = " + id).getFirst();
                assertThat(Integer.parseInt(seen)).isGreaterThanOrEqualTo(least);
                reads.incrementAndGet();
            }
        }
    }

    @Test
    void rowsAreSharedOnlyWhileNoTransactionIsPrepared() {
        try (TestDatabase database = new TestDatabase(1);
                TestSession session = database.session()) {
            session.run("CREATE TABLE t (id int PRIMARY KEY, v int)");
            session.run("INSERT INTO t VALUES (1, 0)");
            SiteThread site = database.engine().partitions().site(0);
            long version = database.engine().catalog().version();
            readOften(session);
            assertThat(site.shared(version)).isNotNull();
            assertThat(site.shared(version - 1)).isNull();
            Participation part =
                    new Participation(
                            1,
                            new int[] {0},
                            null,
                            new Overlay(),
                            site.snapshotOfNow().join(),
                            version,
                            null);
            site.prepare(part).join();
            readOften(session);
            assertThat(site.shared(version)).isNull();
            site.decide(1, false).join();
            readOften(session);
            assertThat(site.shared(version)).isNotNull();
        }
    }

    private static void readOften(TestSession session) {
        for (int i = 0; i < READS_BETWEEN; i++) {
            assertThat(session.run("SELECT v FROM t WHERE id = 1")).containsExactly("0");
        }
    }
}
