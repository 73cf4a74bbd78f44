package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.disk.DiskFullException;
import io.faraddb.engine.disk.RandomLives;
import io.faraddb.engine.disk.SimDisk;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.recovery.SnapshotPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random lives of a database on a simulated disk, each ended by a crash or in order, with writers
 * side by side, schema changes and snapshots. What each writer finds afterwards is what it was
 * told: all that was acknowledged, nothing that was refused, and of a transaction with an unknown
 * outcome all or nothing. Run one seed with {@code -Dfarad.seed=N}.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SimulatedCrashTest {

    @Test
    void crashesHalveNothingAndLoseNothing() {
        RandomLives.runSeedsOrChosen(1, 8, seed -> new Lives(seed)::live);
    }

    @Test
    @Tag("slow")
    void manyCrashesHalveNothingAndLoseNothing() {
        RandomLives.runSeeds(1000, 1150, seed -> new Lives(seed)::live);
    }

    /** One disk and the databases that live on it, one after the other. */
    private static final class Lives {

        private static final int WRITERS = 3;
        private static final Set<ErrorCode> CRASHED =
                Set.of(ErrorCode.IO_ERROR, ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN);

        private final SimDisk disk = new SimDisk();
        private final Random random;
        private final int partitions;
        private final int segmentBytes;
        private final EngineConfig config;
        private final List<CrashWriter> writers = new ArrayList<>();

        private Lives(long seed) {
            random = new Random(seed);
            partitions = random.nextInt(1, 4);
            segmentBytes = 4096 * random.nextInt(4, 20);
            config =
                    EngineConfig.of(partitions)
                            .withSnapshotPolicy(
                                    new SnapshotPolicy(
                                            Duration.ofHours(1), random.nextInt(5_000, 200_000)));
            for (int id = 0; id < WRITERS; id++) {
                writers.add(new CrashWriter(id, new Random(random.nextLong())));
            }
        }

        private void live() {
            if (random.nextInt(4) == 0) {
                crashWhileOpening();
            }
            disk.repair();
            DurableDatabase database = open();
            try (TestSession session = database.session()) {
                CrashWriter.createTables(session);
                for (CrashWriter writer : writers) {
                    writer.verify(session);
                }
            }
            workUntilTheEnd(database);
        }

        private DurableDatabase open() {
            return new DurableDatabase(
                    disk.mount("wal/"), disk.mount("snapshots/"), segmentBytes, config);
        }

        private void crashWhileOpening() {
            disk.repair();
            planCrash(6);
            try {
                open().close();
            } catch (SqlException e) {
                assertThat(e.code()).isIn(CRASHED);
            }
        }

        private void planCrash(int syncsMax) {
            int after = random.nextInt(syncsMax);
            if (random.nextInt(4) == 0) {
                disk.crashAtNamesSync(after / 8, anyCrash());
            } else {
                disk.crashAtSync(after, anyCrash());
            }
        }

        private SimDisk.Crash anyCrash() {
            return SimDisk.Crash.any(new Random(random.nextLong()), 20_000);
        }

        private void workUntilTheEnd(DurableDatabase database) {
            int steps = random.nextInt(1, 60);
            boolean orderly = random.nextInt(5) == 0;
            if (!orderly) {
                planCrash(2 * steps);
                fault();
            }
            List<CompletableFuture<Void>> work = new ArrayList<>();
            for (CrashWriter writer : writers) {
                work.add(
                        CompletableFuture.runAsync(
                                () -> {
                                    try (TestSession session = database.session()) {
                                        writer.work(session, steps);
                                    }
                                },
                                task -> Thread.ofPlatform().start(task)));
            }
            try (TestSession session = database.session()) {
                changeSchema(database, session, random.nextInt(6));
            }
            work.forEach(CompletableFuture::join);
            disk.crashAtSync(Integer.MAX_VALUE, new SimDisk.Crash.LosingAll());
            if (!orderly) {
                disk.crash(anyCrash());
            }
            database.close();
            disk.crash(new SimDisk.Crash.LosingAll());
        }

        private void fault() {
            switch (random.nextInt(12)) {
                case 0 -> disk.failSyncs(1);
                case 1 -> disk.failWriteAfter(random.nextInt(9000), new IOException("broken"));
                case 2 ->
                        disk.failWriteAfter(
                                random.nextInt(9000), new DiskFullException("no space"));
                case 3 -> disk.capacity(disk.used() + random.nextInt(200_000));
                default -> {
                    // Mostly only crashes happen.
                }
            }
        }

        /** What others do meanwhile; whether it succeeds does not matter. */
        private void changeSchema(DurableDatabase database, TestSession session, int changes) {
            for (int i = 0; i < changes; i++) {
                switch (random.nextInt(6)) {
                    case 0 -> session.run("CREATE INDEX IF NOT EXISTS p_v ON p (v)");
                    case 1 -> session.run("DROP INDEX IF EXISTS p_v");
                    case 2 -> session.run("ALTER TABLE p ADD COLUMN more" + i + " int DEFAULT 7");
                    case 3 -> session.run("ALTER TABLE p DROP COLUMN IF EXISTS more" + i);
                    case 4 -> session.run("TRUNCATE emptied");
                    default -> snapshot(database);
                }
            }
        }

        private static void snapshot(DurableDatabase database) {
            try {
                database.engine().snapshotsOnDisk().create("").done().handle((run, e) -> "").join();
            } catch (SqlException refused) {
                // One is being written, or the disk is gone.
            }
        }
    }
}
