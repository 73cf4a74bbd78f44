package io.faraddb.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.log.RecordingListener;
import io.faraddb.engine.log.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a group does when members, cables and disks fail. */
class RatisLogFaultTest {

    private static final int PARTITION = 0;
    private static final RatisSettings SMALL_SEGMENTS =
            TestGroup.SETTINGS.withSegmentBytes(RatisSettings.SEGMENT_BYTES_MIN);

    @TempDir Path directory = Path.of("");

    private @Nullable TestGroup opened;

    private TestGroup group(int size, RatisSettings settings) throws IOException {
        TestGroup group = new TestGroup(directory, size, false, settings);
        opened = group;
        return group;
    }

    /** A group whose members are all started. */
    private TestGroup started(int size, RatisSettings settings) throws IOException {
        TestGroup group = group(size, settings);
        startAll(group);
        return group;
    }

    private static void startAll(TestGroup group) {
        for (int member = 0; member < group.size(); member++) {
            group.open(member);
        }
        for (int member = 0; member < group.size(); member++) {
            group.start(member, PARTITION, LogPosition.START);
        }
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private static int awaitLeader(TestGroup group) throws InterruptedException {
        AtomicInteger leader = new AtomicInteger();
        Waiting.until(() -> leader.updateAndGet(_ -> group.leader()) >= 0);
        return leader.get();
    }

    private static byte[] entry(long index) {
        return ("entry " + index + " ".repeat(1000)).getBytes(StandardCharsets.UTF_8);
    }

    private static CompletableFuture<LogPosition> append(TestGroup group, int member, long index) {
        return group.startedLog(member, PARTITION)
                .append(new LogPosition(group.listener(member).term(), index), entry(index));
    }

    /** Appends what is missing, to whoever leads; returns who led at last. */
    private static int appendThrough(TestGroup group, long through) throws InterruptedException {
        while (true) {
            int leader = awaitLeader(group);
            RecordingListener listener = group.listener(leader);
            LogPosition replayed = Objects.requireNonNull(listener.replayed());
            long next = Math.max(replayed.index(), listener.last().index()) + 1;
            if (next > through) {
                return leader;
            }
            CompletableFuture<LogPosition> append = append(group, leader, next);
            Waiting.until(listener, append::isDone);
        }
    }

    private static void awaitLast(TestGroup group, long index) throws InterruptedException {
        for (int member = 0; member < group.size(); member++) {
            RecordingListener listener = group.listener(member);
            Waiting.until(listener, () -> listener.last().index() == index);
        }
    }

    private static List<Long> range(long from, long through) {
        return LongStream.rangeClosed(from, through).boxed().toList();
    }

    @Test
    @Tag("slow")
    void leadersThatAreKilledTakeNothingAcknowledgedAlong() throws Exception {
        TestGroup group = started(3, TestGroup.SETTINGS);
        try (Workload workload = new Workload(group, PARTITION, 1)) {
            for (int kill = 0; kill < 5; kill++) {
                int before = workload.acknowledgedCount();
                Waiting.until(() -> workload.acknowledgedCount() >= before + 100);
                int leader = awaitLeader(group);
                group.kill(leader);
                Waiting.until(() -> group.leader() >= 0 && group.leader() != leader);
                int after = workload.acknowledgedCount();
                Waiting.until(() -> workload.acknowledgedCount() >= after + 20);
                group.open(leader);
                group.start(leader, PARTITION, LogPosition.START);
            }
            workload.stop();
            group.awaitEqual();
            workload.verify();
        }
    }

    @Test
    @Tag("slow")
    void leadersThatAreCutOffTakeNothingAcknowledgedAlong() throws Exception {
        TestGroup group = started(3, TestGroup.SETTINGS);
        try (Workload workload = new Workload(group, PARTITION, 2)) {
            for (int cut = 0; cut < 4; cut++) {
                int before = workload.acknowledgedCount();
                Waiting.until(() -> workload.acknowledgedCount() >= before + 50);
                int leader = awaitLeader(group);
                group.isolate(leader);
                Waiting.until(() -> group.leaderOtherThan(leader) >= 0);
                group.mend();
                RecordingListener deposed = group.listener(leader);
                Waiting.until(deposed, () -> !deposed.leads());
            }
            workload.stop();
            group.awaitEqual();
            workload.verify();
        }
    }

    @Test
    void leadIsHandedOverToTheMemberThatIsNamed() throws Exception {
        TestGroup group = started(3, TestGroup.STEADY);
        int leader = appendThrough(group, 20);
        int named = (leader + 1) % 3;
        assertThat(handOver(group, named, named)).isFalse();
        assertThat(handOver(group, leader, group.size())).isFalse();
        assertThat(handOver(group, leader, named)).isTrue();

        RecordingListener next = group.listener(named);
        Waiting.until(next, next::leads);
        RecordingListener deposed = group.listener(leader);
        Waiting.until(deposed, () -> !deposed.leads());
        assertThat(next.indexes()).isEqualTo(range(1, 20));
        appendThrough(group, 25);
        awaitLast(group, 25);
    }

    private static boolean handOver(TestGroup group, int member, int named) throws Exception {
        CompletableFuture<Boolean> done = group.store(member).handOver(PARTITION, "node-" + named);
        Waiting.until(done::isDone);
        return done.join();
    }

    @Test
    @Tag("slow")
    void allEntriesAreThereAfterEachRestartOfAll() throws Exception {
        TestGroup group = group(3, TestGroup.SETTINGS);
        for (int run = 0; run < 3; run++) {
            startAll(group);
            int leader = awaitLeader(group);
            assertThat(group.listener(leader).indexes()).isEqualTo(range(1, 20L * run));
            appendThrough(group, 20L * run + 20);
            awaitLast(group, 20L * run + 20);
            for (int member = 0; member < group.size(); member++) {
                assertThat(group.listener(member).indexes()).isEqualTo(range(1, 20L * run + 20));
                assertThat(group.listener(member).replayed()).isNotNull();
            }
            group.closeAll();
        }
    }

    private static long firstSegment(Path node) throws IOException {
        try (Stream<Path> files = Files.walk(node)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("log_"))
                    .map(name -> name.replaceFirst("log_(inprogress_)?", ""))
                    .mapToLong(name -> Long.parseLong(name.split("-")[0]))
                    .min()
                    .orElse(-1);
        }
    }

    /** Truncates the logs of some members, until files are gone. */
    private static void truncate(TestGroup group, List<Integer> members, long through)
            throws Exception {
        for (int member : members) {
            RecordingListener listener = group.listener(member);
            Waiting.until(listener, () -> listener.last().index() >= through);
            group.startedLog(member, PARTITION)
                    .truncateThrough(listener.positions().get((int) through - 1));
            Waiting.until(() -> {
                try {
                    return firstSegment(group.directoryOf(member)) > 0;
                } catch (IOException | UncheckedIOException e) {
                    // A file went while the others were looked at.
                    return false;
                }
            });
        }
    }

    @Test
    @Tag("slow")
    void memberThatMissedTruncatedEntriesIsToldAndGoesOnFromASnapshot() throws Exception {
        TestGroup group = started(3, SMALL_SEGMENTS);
        int leader = appendThrough(group, 10);
        awaitLast(group, 10);
        int away = (leader + 1) % 3;
        int other = (leader + 2) % 3;
        group.close(away);
        appendThrough(group, 400);
        truncate(group, List.of(leader, other), 350);

        group.open(away);
        group.start(away, PARTITION, LogPosition.START);
        RecordingListener behind = group.listener(away);
        Waiting.until(behind, () -> behind.behind() != null);
        LogPosition through = behind.behind();
        assertThat(through).isNotNull();
        assertThat(through.index()).isEqualTo(350);
        assertThat(behind.indexes()).isSubsetOf(range(1, 10));
        assertThat(group.store(away).state(PARTITION)).isEqualTo(ReplicaState.BEHIND);

        appendThrough(group, 410);
        group.startedLog(away, PARTITION).close();
        RecordingListener kept = group.listener(leader);
        Waiting.until(kept, () -> kept.count() >= 380);
        LogPosition snapshot = kept.positions().get(379);
        group.start(away, PARTITION, snapshot);
        RecordingListener back = group.listener(away);
        Waiting.until(back, () -> back.last().index() == 410 && back.replayed() != null);
        assertThat(back.indexes()).isEqualTo(range(381, 410));
        assertThat(back.behind()).isNull();
        assertThat(back.entries().getFirst()).isEqualTo(entry(381));
    }

    /** It has the log to win an election, but no rows. */
    @Test
    @Tag("slow")
    void memberThatIsBehindVotesButDoesNotLead() throws Exception {
        TestGroup group = started(3, SMALL_SEGMENTS);
        int leader = awaitLeader(group);
        int away = (leader + 1) % 3;
        int other = (leader + 2) % 3;
        group.close(away);
        appendThrough(group, 300);
        truncate(group, List.of(leader, other), 250);
        group.open(away);
        group.start(away, PARTITION, LogPosition.START);
        RecordingListener behind = group.listener(away);
        Waiting.until(behind, () -> behind.behind() != null);
        int last = appendThrough(group, 305);
        group.close(last);

        RecordingListener next = group.listener(last == leader ? other : leader);
        Waiting.until(next, next::leads);
        assertThat(next.last().index()).isEqualTo(305);
        appendThrough(group, 310);
        assertThat(next.last().index()).isEqualTo(310);
        assertThat(behind.events()).doesNotContain("leads");
    }

    @Test
    @Tag("slow")
    void newGroupGoesOnBehindTheSnapshotThatItBeginsWith() throws Exception {
        TestGroup group = group(3, TestGroup.SETTINGS);
        LogPosition snapshot = new LogPosition(1, 100);
        for (int run = 0; run < 2; run++) {
            for (int member = 0; member < 3; member++) {
                group.open(member);
            }
            for (int member = 0; member < 3; member++) {
                group.start(member, PARTITION, snapshot);
            }
            int leader = awaitLeader(group);
            assertThat(group.listener(leader).indexes()).isEqualTo(range(101, 100 + run));
            appendThrough(group, 101 + run);
            awaitLast(group, 101 + run);
            group.closeAll();
        }
        group.open(0);
        group.start(0, PARTITION, LogPosition.START);
        group.open(1);
        group.start(1, PARTITION, snapshot);
        RecordingListener empty = group.listener(0);
        Waiting.until(empty, () -> empty.behind() != null);
        assertThat(empty.behind()).extracting(LogPosition::index).isEqualTo(100L);
    }

    @Test
    void truncatedLogOfOneCopyRefusesToStartBeforeItsBeginning() throws Exception {
        TestGroup group = started(1, SMALL_SEGMENTS);
        awaitLeader(group);
        appendThrough(group, 300);
        truncate(group, List.of(0), 200);
        LogPosition snapshot = group.listener(0).positions().get(199);
        group.closeAll();

        group.open(0);
        assertThatThrownBy(() -> group.start(0, PARTITION, new LogPosition(1, 150)))
                .isInstanceOf(SqlException.class)
                .extracting(e -> ((SqlException) e).code())
                .isEqualTo(ErrorCode.DATA_CORRUPTED);
        group.startedLog(0, PARTITION).close();
        group.start(0, PARTITION, snapshot);
        RecordingListener listener = group.listener(0);
        Waiting.until(listener, listener::leads);
        assertThat(listener.indexes()).isEqualTo(range(201, 300));
    }

    @Test
    void diskThatFailsEndsTheLogAndSaysSo() throws Exception {
        TestGroup group = started(1, SMALL_SEGMENTS);
        awaitLeader(group);
        appendThrough(group, 3);
        deleteDirectory(group.directoryOf(0));

        RecordingListener listener = group.listener(0);
        CompletableFuture<LogPosition> last = append(group, 0, 4);
        for (long index = 5; listener.failure() == null; index++) {
            last = append(group, 0, index);
            CompletableFuture<LogPosition> append = last;
            Waiting.until(listener, append::isDone);
        }
        assertThat(listener.failure()).isNotNull();
        assertThat(group.store(0).state(PARTITION)).isEqualTo(ReplicaState.FAILED);
        CompletableFuture<LogPosition> append = last;
        Waiting.until(listener, append::isDone);
        assertThat(append).isCompletedExceptionally();
        CompletableFuture<LogPosition> late = append(group, 0, listener.last().index() + 1);
        assertThat(((SqlException) late.exceptionNow()).code()).isEqualTo(ErrorCode.IO_ERROR);
    }

    private static void deleteDirectory(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Test
    @Tag("slow")
    void othersGoOnWhenALeadersDiskFails() throws Exception {
        TestGroup group = started(3, SMALL_SEGMENTS);
        int leader = appendThrough(group, 3);
        deleteDirectory(group.directoryOf(leader));
        RecordingListener failing = group.listener(leader);
        for (long index = 4; failing.failure() == null; index++) {
            CompletableFuture<LogPosition> append = append(group, leader, index);
            Waiting.until(failing, append::isDone);
        }
        Waiting.until(() -> group.leaderOtherThan(leader) >= 0);
        int next = group.leaderOtherThan(leader);
        long last = group.listener(next).last().index();
        assertThat(last).isGreaterThanOrEqualTo(failing.last().index());
        appendThrough(group, last + 5);
    }

    @Test
    void listenerThatThrowsEndsItsPartitionOnly() throws Exception {
        TestGroup group = group(1, TestGroup.SETTINGS);
        group.open(0);
        PartitionLog good = group.start(0, 1, LogPosition.START);
        RecordingListener listener = group.listener(0);
        RecordingListener failing = RecordingListener.thatFails();
        PartitionLog bad = group.log(0, 2);
        bad.start(LogPosition.START, failing);
        Waiting.until(failing, failing::leads);
        Waiting.until(listener, listener::leads);
        CompletableFuture<LogPosition> append =
                bad.append(new LogPosition(failing.term(), 1), entry(1));
        Waiting.until(failing, () -> failing.failure() != null && append.isDone());
        assertThat(((SqlException) append.exceptionNow()).code())
                .isEqualTo(ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN);
        good.append(new LogPosition(listener.term(), 1), entry(1)).join();
    }

    @Test
    void appendsThatWaitAreBounded() throws Exception {
        TestGroup group = started(1, TestGroup.SETTINGS.withQueue(2, 5_000));
        awaitLeader(group);
        RecordingListener listener = group.listener(0);
        appendThrough(group, 1);
        listener.holdAt(2);
        append(group, 0, 2).isDone();
        Waiting.until(listener, () -> listener.count() == 2);
        CompletableFuture<LogPosition> refused = append(group, 0, 3);
        long index = 4;
        while (!refused.isCompletedExceptionally()) {
            refused = append(group, 0, index++);
        }
        assertThat(((SqlException) refused.exceptionNow()).code())
                .isEqualTo(ErrorCode.INSUFFICIENT_RESOURCES);
        listener.holdAt(0);
        long last = index - 2;
        Waiting.until(listener, () -> listener.last().index() == last);
        appendThrough(group, last + 3);
        assertThat(listener.indexes()).isEqualTo(range(1, last + 3));
    }

    @Test
    void addressInUseIsSaidAndTheProcessLives() throws Exception {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        TestGroup group = group(1, TestGroup.SETTINGS);
        InetSocketAddress address =
                new InetSocketAddress("127.0.0.1", group.open(0).address().getPort());
        RatisLogStore.Identity identity =
                new RatisLogStore.Identity("test", "other", directory.resolve("other"));
        assertThatThrownBy(() -> RatisLogStore.open(identity, address, TestGroup.SETTINGS))
                .isInstanceOf(SqlException.class)
                .hasMessageContaining(String.valueOf(address.getPort()));
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(handler);
    }
}
