package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.disk.SimDisk;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.log.RecordingListener;
import io.faraddb.engine.log.Waiting;
import io.faraddb.engine.recovery.RecoveryProgress;
import io.faraddb.engine.replication.TestGroup;
import io.faraddb.engine.snapshot.SnapshotSettings;
import io.faraddb.engine.snapshot.SnapshotStore;
import io.faraddb.engine.time.SystemTime;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine of one node over logs with replicas, whose other members only collect entries. */
class ReplicatedEngineTest {

    private static final int PARTITIONS = 2;
    private static final int NODE = 0;

    @TempDir Path directory;

    /**
     * A log that has replayed when it leads: the engine takes itself for the leader from then on.
     */
    private static final class LeadingLog implements PartitionLog {
        private final PartitionLog log;
        private long appliedIndex;

        LeadingLog(PartitionLog log) {
            this.log = log;
        }

        @Override
        public LogPosition endAtOpen() {
            return log.endAtOpen();
        }

        @Override
        public void start(LogPosition after, Listener listener) {
            log.start(
                    after,
                    new Listener() {
                        private @Nullable LogPosition replayed;

                        @Override
                        public void committed(LogPosition position, byte[] entry) {
                            appliedIndex = position.index();
                            listener.committed(position, entry);
                        }

                        @Override
                        public void replayed(LogPosition last) {
                            replayed = last;
                        }

                        @Override
                        public void leadership(boolean leads, long term) {
                            if (replayed != null) {
                                listener.replayed(replayed);
                                replayed = null;
                            }
                            listener.leadership(leads, term);
                        }

                        @Override
                        public void failed(Throwable cause) {
                            listener.failed(cause);
                        }
                    });
        }

        @Override
        public CompletableFuture<LogPosition> append(LogPosition position, byte[] entry) {
            return log.append(position, entry);
        }

        @Override
        public CompletableFuture<Void> readBarrier() {
            return log.readBarrier();
        }

        @Override
        public void truncateThrough(LogPosition position) {
            log.truncateThrough(position);
        }

        @Override
        public void close() {
            log.close();
        }
    }

    private final Map<Integer, LeadingLog> logs = new ConcurrentHashMap<>();

    /** Others hand over what they lead, until the engine has all its partitions. */
    private Engine open(TestGroup group) throws Exception {
        AtomicBoolean opened = new AtomicBoolean();
        Thread drawing =
                Thread.ofPlatform()
                        .start(() -> {
                            RecordingListener clock = new RecordingListener();
                            while (!opened.get()) {
                                draw(group, clock);
                            }
                        });
        try {
            return openDrawn(group);
        } finally {
            opened.set(true);
            drawing.join();
        }
    }

    private static void draw(TestGroup group, RecordingListener clock) {
        try {
            clock.awaitNews(5);
            for (int partition = Engine.CONTROL_PARTITION; partition < PARTITIONS; partition++) {
                group.draw(NODE, partition);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Engine openDrawn(TestGroup group) {
        return Engine.open(
                EngineConfig.of(PARTITIONS),
                partition -> {
                    LeadingLog log = new LeadingLog(group.log(NODE, partition));
                    logs.put(partition, log);
                    return log;
                },
                new SnapshotStore(
                        new SimDisk().mount(), SystemTime.INSTANCE, SnapshotSettings.DEFAULT),
                SystemTime.INSTANCE,
                new RecoveryProgress());
    }

    private static void collect(TestGroup group, int member) {
        group.open(member);
        for (int partition = Engine.CONTROL_PARTITION; partition < PARTITIONS; partition++) {
            group.start(member, partition, LogPosition.START);
        }
    }

    private static void write(TestSession session) {
        session.run("CREATE TABLE account (id int PRIMARY KEY, owner text, balance int)");
        session.run("CREATE INDEX account_owner ON account (owner)");
        assertThat(
                        session.run(
                                "INSERT INTO account SELECT g, 'owner ' || g % 5, 100 FROM"
                                        + " generate_series(1, 200) g"))
                .containsExactly("INSERT 0 200");
        for (int i = 1; i < 20; i++) {
            assertThat(
                            session.run(
                                    "BEGIN; UPDATE account SET balance = balance - 7 WHERE id = %d;"
                                                    .formatted(i)
                                            + " UPDATE account SET balance = balance + 7 WHERE"
                                            + " id = %d; COMMIT".formatted(i + 100)))
                    .containsExactly("BEGIN", "UPDATE 1", "UPDATE 1", "COMMIT");
        }
        assertThat(session.run("DELETE FROM account WHERE id > 190")).containsExactly("DELETE 10");
    }

    private static void check(TestSession session) {
        assertThat(session.run("SELECT count(*), sum(balance), min(balance) FROM account"))
                .containsExactly("190|19000|93");
        assertThat(session.run("SELECT count(*) FROM account WHERE owner = 'owner 3'"))
                .containsExactly("38");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void allRowsAreThereAfterTheNodeIsClosedAndAfterItIsKilled(int members) throws Exception {
        try (TestGroup group = new TestGroup(directory, members, true, TestGroup.STEADY)) {
            for (int member = 1; member < members; member++) {
                collect(group, member);
            }
            group.open(NODE);
            try (Engine engine = open(group);
                    TestSession session = new TestSession(engine)) {
                write(session);
                check(session);
            }
            group.close(NODE);

            group.open(NODE);
            Engine engine = open(group);
            try (TestSession session = new TestSession(engine)) {
                check(session);
                assertThat(session.run("INSERT INTO account VALUES (500, 'late', 0)"))
                        .containsExactly("INSERT 0 1");
            }
            group.kill(NODE);
            engine.close();

            group.open(NODE);
            try (Engine again = open(group);
                    TestSession session = new TestSession(again)) {
                assertThat(session.run("DELETE FROM account WHERE owner = 'late'"))
                        .containsExactly("DELETE 1");
                check(session);
            }
            assertOthersHaveTheSame(group);
        }
    }

    private void assertOthersHaveTheSame(TestGroup group) throws Exception {
        for (int member = 1; member < group.size(); member++) {
            for (int partition = Engine.CONTROL_PARTITION; partition < PARTITIONS; partition++) {
                RecordingListener collected = group.listener(member, partition);
                long last = Objects.requireNonNull(logs.get(partition)).appliedIndex;
                assertThat(last).isPositive();
                Waiting.until(collected, () -> collected.last().index() >= last);
                assertThat((long) collected.count()).isEqualTo(collected.last().index());
            }
        }
    }
}
