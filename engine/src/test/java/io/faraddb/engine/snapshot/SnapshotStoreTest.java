package io.faraddb.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.disk.SimDisk;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.InvariantViolation;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.time.SimTime;
import io.faraddb.engine.time.SystemTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot is there whole or not at all, and what is damaged is not used. */
class SnapshotStoreTest {

    private SimDisk disk = new SimDisk();

    private SnapshotStore store() {
        return new SnapshotStore(disk.mount(), new SimTime(), SnapshotSettings.DEFAULT);
    }

    /** Writes down what it gets. */
    private static final class Recorder implements SnapshotSink {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void table(int oid, long lastWriteVersion) {
            heard.add("table " + oid + " " + lastWriteVersion);
        }

        @Override
        public void row(byte[] key, long version, byte[] row) {
            heard.add(hex(key) + " " + version + " " + hex(row));
        }

        @Override
        public void section(String name, byte[] bytes) {
            heard.add("section " + name + " " + hex(bytes));
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    /** Writes a small partition and says what a reader should hear. */
    private static List<String> writeSmall(SnapshotBuilder builder, int partition) {
        List<String> expected = new ArrayList<>();
        LogPosition position = new LogPosition(3, 70 + partition);
        try (SnapshotFileWriter writer = builder.partition(partition, position, 5)) {
            writer.table(100, 7);
            expected.add("table 100 7");
            for (int i = 0; i < 3; i++) {
                byte[] row = ("row " + i).getBytes(StandardCharsets.UTF_8);
                writer.row(key(i), 1000 + i, row);
                expected.add(hex(key(i)) + " " + (1000 + i) + " " + hex(row));
            }
            writer.table(101, 0);
            expected.add("table 101 0");
            writer.section("transactions", new byte[] {1, 2, 3});
            expected.add("section transactions 010203");
            writer.finish();
        }
        return expected;
    }

    private static SnapshotManifest small(SnapshotStore store, String label) {
        try (SnapshotBuilder builder = store.begin(label, false, SnapshotProgress.NONE)) {
            writeSmall(builder, -1);
            writeSmall(builder, 0);
            return builder.commit();
        }
    }

    private static List<String> load(SnapshotStore store, SnapshotFile file) {
        Recorder recorder = new Recorder();
        store.load(file, recorder, SnapshotProgress.NONE);
        return recorder.heard;
    }

    @Test
    void whatWasWrittenIsRead() {
        List<String> expected;
        SnapshotManifest written;
        try (SnapshotBuilder builder =
                store().begin("before lunch", false, SnapshotProgress.NONE)) {
            writeSmall(builder, -1);
            expected = writeSmall(builder, 0);
            written = builder.commit();
        }

        List<SnapshotManifest> found = store().list();
        assertThat(found).containsExactly(written);
        assertThat(found.getFirst().label()).isEqualTo("before lunch");
        assertThat(found.getFirst().rows()).isEqualTo(6);
        SnapshotFile file = found.getFirst().files().get(1);
        assertThat(file.partition()).isZero();
        assertThat(file.position()).isEqualTo(new LogPosition(3, 70));
        assertThat(file.catalogVersion()).isEqualTo(5);
        assertThat(load(store(), file)).isEqualTo(expected);
        store().verify(written, SnapshotProgress.NONE);
    }

    @Test
    void rowsOfAnySizeAreReadInOrder(@TempDir Path directory) throws Exception {
        Random random = new Random(11);
        TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < 20_000; i++) {
            byte[] key = new byte[random.nextInt(1, 40)];
            random.nextBytes(key);
            byte[] row = new byte[i % 5000 == 0 ? 400_000 : random.nextInt(200)];
            random.nextBytes(row);
            rows.put(key, row);
        }
        Disk files = new FileDisk(directory);
        SnapshotStore store =
                new SnapshotStore(files, SystemTime.INSTANCE, SnapshotSettings.DEFAULT);
        List<Long> progress = new ArrayList<>();
        SnapshotManifest manifest;
        try (SnapshotBuilder builder =
                store.begin("", false, (p, count, bytes) -> progress.add(count))) {
            try (SnapshotFileWriter writer = builder.partition(0, LogPosition.START, 1)) {
                writer.table(1, 9);
                rows.forEach((key, row) -> writer.row(key, 77, row));
                writer.finish();
            }
            manifest = builder.commit();
        }
        assertThat(progress).isSorted();
        assertThat(progress.getLast()).isEqualTo(rows.size());

        Recorder recorder = new Recorder();
        store.load(manifest.files().getFirst(), recorder, SnapshotProgress.NONE);
        List<String> expected = new ArrayList<>(List.of("table 1 9"));
        rows.forEach((key, row) -> expected.add(hex(key) + " 77 " + hex(row)));
        assertThat(recorder.heard.equals(expected)).isTrue();
    }

    @Test
    void everyFlippedByteIsNoticedBeforeAnythingIsUsed() {
        SnapshotManifest manifest = small(store(), "");
        SimDisk whole = disk;
        for (String name : whole.names()) {
            for (int position = 0; position < whole.content(name).length; position++) {
                disk = whole.copy();
                disk.flip(name, position, 1 << position % 8);
                Recorder recorder = new Recorder();
                assertThatThrownBy(
                                () -> {
                                    SnapshotStore damaged = store();
                                    damaged.list();
                                    for (SnapshotFile file : manifest.files()) {
                                        if (file.name().equals(name)) {
                                            damaged.load(file, recorder, SnapshotProgress.NONE);
                                        }
                                    }
                                })
                        .as("%s at %s", name, position)
                        .isInstanceOf(SqlException.class)
                        .hasMessageContaining(name)
                        .extracting(e -> ((SqlException) e).code())
                        .isEqualTo(ErrorCode.DATA_CORRUPTED);
                assertThat(recorder.heard).isEmpty();
            }
        }
    }

    @Test
    void fileOfAnotherSnapshotIsRefused() throws Exception {
        SnapshotStore store = store();
        SnapshotManifest first = small(store, "");
        SnapshotManifest second = small(store, "");
        disk.mount().rename(first.files().getFirst().name(), second.files().getFirst().name());
        assertThatThrownBy(() -> load(store, second.files().getFirst()))
                .hasMessageContaining("belongs elsewhere");
        assertThatThrownBy(() -> load(store, first.files().getFirst()))
                .hasMessageContaining("missing");
    }

    @Test
    void crashLeavesTheSnapshotWholeOrAway() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            disk = new SimDisk();
            small(store(), "old");
            int syncs = random.nextInt(4);
            SnapshotStore store = store();
            boolean committed = false;
            try (SnapshotBuilder builder = store.begin("new", false, SnapshotProgress.NONE)) {
                for (int partition = 0; partition < 4; partition++) {
                    if (partition == syncs) {
                        disk.crashAtSync(new SimDisk.Crash.KeepingSome(random));
                    }
                    writeSmall(builder, partition);
                }
                builder.commit();
                committed = true;
            } catch (SqlException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
            }
            disk.crash(new SimDisk.Crash.KeepingSome(random));
            disk.repair();
            List<SnapshotManifest> found = store().list();
            assertThat(found).as("seed %s", seed).hasSize(committed ? 2 : 1);
            for (SnapshotManifest manifest : found) {
                store().verify(manifest, SnapshotProgress.NONE);
            }
        }
    }

    @Test
    void leftOversOfACrashAreRemoved() {
        SnapshotBuilder builder = store().begin("", false, SnapshotProgress.NONE);
        writeSmall(builder, 0);
        SnapshotFileWriter unfinished = builder.partition(1, LogPosition.START, 1);
        unfinished.table(1, 1);
        disk.crash(new SimDisk.Crash.KeepingAll());
        assertThat(disk.names()).hasSize(2);

        assertThat(store().list()).isEmpty();
        assertThat(disk.names()).isEmpty();
    }

    @Test
    void onlyTheNewestAreKept() {
        SnapshotStore store = store();
        for (int i = 1; i <= 5; i++) {
            small(store, "number " + i);
        }
        assertThat(store.list()).extracting(SnapshotManifest::snapshot).containsExactly(4L, 5L);
        assertThat(disk.names()).hasSize(6);
        store.delete(4);
        assertThat(store.list()).extracting(SnapshotManifest::label).containsExactly("number 5");
    }

    @Test
    void cancelledSnapshotLeavesNothing() {
        SnapshotStore store = store();
        try (SnapshotBuilder builder = store.begin("", false, SnapshotProgress.NONE)) {
            writeSmall(builder, 0);
            SnapshotFileWriter writer = builder.partition(1, LogPosition.START, 1);
            builder.cancel();
            assertThatThrownBy(() -> writer.table(1, 1))
                    .extracting(e -> ((SqlException) e).code())
                    .isEqualTo(ErrorCode.QUERY_CANCELED);
            assertThatThrownBy(builder::commit)
                    .extracting(e -> ((SqlException) e).code())
                    .isEqualTo(ErrorCode.QUERY_CANCELED);
        }
        assertThat(disk.names()).isEmpty();
        small(store, "the next one");
    }

    @Test
    void syncsOfTheLogDoNotWaitForASnapshot() {
        SnapshotStore store = store();
        try (SnapshotBuilder builder = store.begin("", false, SnapshotProgress.NONE)) {
            try (SnapshotFileWriter writer = builder.partition(0, LogPosition.START, 1)) {
                writer.table(100, 1);
                for (int i = 0; i < 50; i++) {
                    writer.row(key(i), 1, new byte[Disk.STEP_BYTES / 10]);
                }
                writer.finish();
            }
            builder.commit();
        }
        assertThat(disk.used()).isGreaterThan(5 * Disk.STEP_BYTES);
        assertThat(disk.syncedBytesMax())
                .isLessThanOrEqualTo(Disk.STEP_BYTES + SnapshotFileWriter.BLOCK_BYTES);
    }

    @Test
    void snapshotThatIsDeletedWhileItIsReadIsNotCalledDamaged() {
        SnapshotStore store = store();
        SnapshotManifest manifest = small(store, "");
        SnapshotProgress deleting = (partition, rows, bytes) -> store.delete(manifest.snapshot());
        assertThatThrownBy(() -> store.verify(manifest, deleting))
                .hasMessage("Snapshot 1 was deleted while it was read")
                .extracting(e -> ((SqlException) e).code())
                .isEqualTo(ErrorCode.UNDEFINED_OBJECT);
    }

    @Test
    void onlyOneIsWrittenAtATime() {
        SnapshotStore store = store();
        SnapshotBuilder builder = store.begin("", false, SnapshotProgress.NONE);
        assertThatThrownBy(() -> store.begin("", false, SnapshotProgress.NONE))
                .extracting(e -> ((SqlException) e).code())
                .isEqualTo(ErrorCode.OBJECT_IN_USE);
        builder.close();
        small(store, "");
    }

    @Test
    void fullDiskLeavesNothingAndKeepsTheOldOne() {
        SnapshotStore store = store();
        small(store, "old");
        for (int room = 0; room < 600; room += 5) {
            disk.capacity(disk.used() + room);
            assertThatThrownBy(() -> small(store, "new"))
                    .extracting(e -> ((SqlException) e).code())
                    .isEqualTo(ErrorCode.DISK_FULL);
            assertThat(store.list()).extracting(SnapshotManifest::label).containsExactly("old");
            assertThat(disk.names()).hasSize(3);
        }
        disk.capacity(Long.MAX_VALUE);
        small(store, "new");
    }

    @Test
    void unfinishedPartitionCanNotBeCommitted() {
        try (SnapshotBuilder builder = store().begin("", false, SnapshotProgress.NONE)) {
            SnapshotFileWriter writer = builder.partition(0, LogPosition.START, 1);
            writer.table(1, 1);
            assertThatThrownBy(builder::commit).isInstanceOf(InvariantViolation.class);
        }
        assertThat(disk.names()).isEmpty();
    }

    @Test
    void rowsOutOfOrderAreADefect() {
        try (SnapshotBuilder builder = store().begin("", false, SnapshotProgress.NONE)) {
            SnapshotFileWriter writer = builder.partition(0, LogPosition.START, 1);
            writer.table(1, 1);
            writer.row(key(2), 1, new byte[0]);
            assertThatThrownBy(() -> writer.row(key(1), 1, new byte[0]))
                    .isInstanceOf(InvariantViolation.class);
        }
    }

    @Test
    void rateSaysHowLongToWait() {
        SimTime time = new SimTime();
        WriteRate rate = new WriteRate(time, 1000);
        assertThat(rate.count(100)).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(rate.count(100)).isEqualTo(Duration.ofMillis(200).toNanos());
        time.advance(Duration.ofSeconds(5));
        assertThat(rate.count(500)).isEqualTo(Duration.ofMillis(500).toNanos());
        assertThat(new WriteRate(time, 0).count(1 << 30)).isZero();
    }

    @Test
    @Tag("slow")
    void loadsHalfAMillionRowsASecond(@TempDir Path directory) throws Exception {
        int rows = 3_000_000;
        SnapshotStore store =
                new SnapshotStore(
                        new FileDisk(directory), SystemTime.INSTANCE, SnapshotSettings.DEFAULT);
        SnapshotManifest manifest;
        long start = System.nanoTime();
        try (SnapshotBuilder builder = store.begin("", false, SnapshotProgress.NONE)) {
            try (SnapshotFileWriter writer = builder.partition(0, LogPosition.START, 1)) {
                writer.table(1, 1);
                byte[] row = new byte[100];
                for (int i = 0; i < rows; i++) {
                    writer.row(key(i), i, row);
                }
                writer.finish();
            }
            manifest = builder.commit();
        }
        long written = System.nanoTime();
        long[] count = new long[1];
        SnapshotSink counting =
                new SnapshotSink() {
                    @Override
                    public void table(int oid, long lastWriteVersion) {
                        count[0] = 0;
                    }

                    @Override
                    public void row(byte[] key, long version, byte[] row) {
                        count[0]++;
                    }

                    @Override
                    public void section(String name, byte[] bytes) {
                        throw new AssertionError("no section was written");
                    }
                };
        store.load(manifest.files().getFirst(), counting, SnapshotProgress.NONE);
        double loadSeconds = (System.nanoTime() - written) / 1e9;
        System.out.printf(
                "wrote %.0f rows/s, loaded %.0f rows/s%n",
                rows / ((written - start) / 1e9), rows / loadSeconds);
        assertThat(count[0]).isEqualTo(rows);
        assertThat(rows / loadSeconds).isGreaterThan(500_000);
    }
}
