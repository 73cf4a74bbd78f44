package io.faraddb.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.disk.DiskFullException;
import io.faraddb.engine.disk.RandomLives;
import io.faraddb.engine.disk.SimDisk;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.time.SystemTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random lives of a log, each ended by a crash or in order: nothing acknowledged is lost, nothing
 * refused comes back. Run one seed with {@code -Dfarad.seed=N}.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LocalLogCrashTest {

    @Test
    void crashesLoseNothingAcknowledged() {
        RandomLives.runSeedsOrChosen(1, 60, seed -> new Lives(seed)::live);
    }

    @Test
    @Tag("slow")
    void manyCrashesLoseNothingAcknowledged() {
        RandomLives.runSeeds(1000, 4000, seed -> new Lives(seed)::live);
    }

    /** One disk and what becomes of it. */
    private static final class Lives {

        private static final int PARTITIONS = 3;

        /** What one partition should have. */
        private static final class Model {
            private final List<byte[]> entries = new ArrayList<>();

            /** Sent after the last one, with unknown outcome. */
            private final List<byte[]> maybe = new ArrayList<>();

            private long snapshot;

            void verify(RecordingListener listener) {
                List<byte[]> replayed = listener.entries();
                long least = entries.size() - snapshot;
                assertThat((long) replayed.size()).isBetween(least, least + maybe.size());
                List<byte[]> expected =
                        new ArrayList<>(entries.subList((int) snapshot, entries.size()));
                expected.addAll(maybe);
                for (int i = 0; i < replayed.size(); i++) {
                    assertThat(listener.positions().get(i).index()).isEqualTo(snapshot + i + 1);
                    assertThat(Arrays.equals(replayed.get(i), expected.get(i))).isTrue();
                }
                while (entries.size() < snapshot + replayed.size()) {
                    entries.add(replayed.get((int) (entries.size() - snapshot)));
                }
                maybe.clear();
            }
        }

        private final SimDisk disk = new SimDisk();
        private final Model[] models = new Model[PARTITIONS];
        private final Random random;
        private final LocalLogSettings settings;

        private Lives(long seed) {
            random = new Random(seed);
            int segmentBytes = 4096 * random.nextInt(2, 6);
            LocalLogSettings sync = LocalLogSettings.DEFAULT.withSegmentBytes(segmentBytes);
            settings =
                    switch (random.nextInt(6)) {
                        case 0 ->
                                sync.withDurability(Durability.INTERVAL, Duration.ofNanos(100_000));
                        case 1 -> sync.withDurability(Durability.OFF, Duration.ofDays(1));
                        default -> sync;
                    };
            if (random.nextBoolean()) {
                disk.shortWrites(new Random(seed));
            }
            for (int i = 0; i < PARTITIONS; i++) {
                models[i] = new Model();
            }
        }

        private void live() throws Exception {
            if (random.nextInt(4) == 0) {
                crashWhileOpening();
            }
            disk.repair();
            LocalLogStore store = LocalLogStore.open(disk.mount(), settings, SystemTime.INSTANCE);
            List<RecordingListener> listeners = new ArrayList<>();
            for (int id = 0; id < PARTITIONS; id++) {
                RecordingListener listener = new RecordingListener();
                listeners.add(listener);
                store.partition(id).start(new LogPosition(1, models[id].snapshot), listener);
            }
            for (int id = 0; id < PARTITIONS; id++) {
                RecordingListener listener = listeners.get(id);
                Waiting.until(listener, listener::leads);
                models[id].verify(listener);
            }
            int steps = random.nextInt(1, 25);
            boolean alive = true;
            for (int step = 0; step < steps && alive; step++) {
                fault();
                alive = burst(store);
                truncateSome(store);
            }
            end(store);
        }

        private void crashWhileOpening() {
            disk.repair();
            if (random.nextBoolean()) {
                disk.crashAtSync(crash());
            } else {
                disk.crashAtNamesSync(random.nextInt(3), crash());
            }
            try {
                LocalLogStore.open(disk.mount(), settings, SystemTime.INSTANCE).close();
            } catch (SqlException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
            }
        }

        private void fault() {
            switch (random.nextInt(40)) {
                case 0 -> disk.failSyncs(1);
                case 1, 2 -> disk.failWriteAfter(random.nextInt(3000), new IOException("broken"));
                case 3, 4 ->
                        disk.failWriteAfter(
                                random.nextInt(3000), new DiskFullException("no space"));
                case 5, 6 -> disk.capacity(disk.used() + random.nextInt(20_000));
                case 7, 8, 9 -> disk.capacity(Long.MAX_VALUE);
                case 10 -> disk.crashAtSync(crash());
                case 11 -> disk.crashAtNamesSync(random.nextInt(2), crash());
                default -> {
                    // Mostly nothing happens.
                }
            }
        }

        /** Power is lost; but without a sync for each entry, only the process ends. */
        private SimDisk.Crash crash() {
            if (settings.durability() != Durability.SYNC) {
                return new SimDisk.Crash.KeepingAll();
            }
            return SimDisk.Crash.any(random, 6000);
        }

        private record Sent(int partition, byte[] entry, CompletableFuture<LogPosition> done) {}

        private static CompletableFuture<LogPosition> append(
                LocalLogStore store, int partition, long index, byte[] entry) {
            return store.partition(partition).append(new LogPosition(LocalLog.TERM, index), entry);
        }

        /**
         * @return whether the log lives
         */
        private boolean burst(LocalLogStore store) {
            List<Sent> sent = new ArrayList<>();
            long[] next = new long[PARTITIONS];
            for (int id = 0; id < PARTITIONS; id++) {
                next[id] = models[id].entries.size() + 1L;
            }
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                int id = random.nextInt(PARTITIONS);
                byte[] entry = new byte[random.nextInt(20) == 0 ? 20_000 : random.nextInt(900)];
                random.nextBytes(entry);
                sent.add(new Sent(id, entry, append(store, id, next[id]++, entry)));
            }
            boolean alive = true;
            Set<Integer> failed = new HashSet<>();
            for (Sent one : sent) {
                Throwable failure = one.done().handle((position, e) -> e).join();
                Model model = models[one.partition()];
                if (failure == null) {
                    assertThat(failed).doesNotContain(one.partition());
                    model.entries.add(one.entry());
                    continue;
                }
                failed.add(one.partition());
                ErrorCode code = ((SqlException) failure).code();
                if (code == ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN) {
                    model.maybe.add(one.entry());
                    alive = false;
                } else {
                    assertThat(code).isIn(ErrorCode.DISK_FULL, ErrorCode.IO_ERROR);
                    alive &= !String.valueOf(failure.getMessage()).contains("has failed");
                }
            }
            return alive;
        }

        private void truncateSome(LocalLogStore store) {
            Model model = models[random.nextInt(PARTITIONS)];
            if (random.nextInt(4) == 0) {
                int id = Arrays.asList(models).indexOf(model);
                long upTo = model.entries.size() - random.nextInt(3);
                if (upTo > model.snapshot) {
                    model.snapshot = upTo;
                    store.partition(id).truncateThrough(new LogPosition(1, upTo));
                }
            }
        }

        private void end(LocalLogStore store) {
            boolean orderly = random.nextInt(3) == 0;
            if (!orderly) {
                disk.crash(crash());
            }
            store.close();
            if (orderly && settings.durability() == Durability.SYNC) {
                disk.crash(new SimDisk.Crash.LosingAll());
            }
        }
    }
}
