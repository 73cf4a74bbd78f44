package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.log.RecordingListener;
import io.faraddb.engine.log.Waiting;
import io.faraddb.engine.replication.TestGroup;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine of one node over logs with replicas, whose other members only collect entries. */
class ReplicatedEngineTest {

    private static final int PARTITIONS = 2;
    private static final int NODE = 0;

    @TempDir Path directory;

    /** Knows the last entry that it has handed out. */
    private static final class NotingLog extends ForwardingLog {
        private long appliedIndex;

        NotingLog(PartitionLog log) {
            super(log);
        }

        @Override
        public void committed(LogPosition position, byte[] entry) {
            appliedIndex = position.index();
            super.committed(position, entry);
        }
    }

    private final Map<Integer, NotingLog> logs = new ConcurrentHashMap<>();

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
        return TestDatabase.engineOver(
                PARTITIONS,
                partition -> {
                    NotingLog log = new NotingLog(group.log(NODE, partition));
                    logs.put(partition, log);
                    return log;
                });
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
