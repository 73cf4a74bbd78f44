package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.log.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of transactions that are prepared when a log fails, or the node ends. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class UndecidedTransactionsTest {

    private static final int PARTITIONS = 2;
    private static final String INSERT = "INSERT INTO t SELECT g FROM generate_series(1, 20) g";
    private static final String COUNT = "SELECT count(*) FROM t";

    private final Map<Integer, List<byte[]>> entries = new HashMap<>();
    private final Map<Integer, FaultyLog> logs = new HashMap<>();
    private Duration leadershipDelay = Duration.ZERO;

    @BeforeEach
    void createTable() {
        for (int id = Engine.CONTROL_PARTITION; id < PARTITIONS; id++) {
            entries.put(id, new ArrayList<>());
        }
        try (Engine engine = open();
                TestSession session = new TestSession(engine)) {
            session.run("CREATE TABLE t (id int PRIMARY KEY)");
        }
    }

    private Engine open() {
        return TestDatabase.engineOver(
                PARTITIONS,
                partition -> {
                    FaultyLog log =
                            new FaultyLog(
                                    new MemoryLog(entries(partition)),
                                    partition == 1 ? leadershipDelay : Duration.ZERO);
                    logs.put(partition, log);
                    return log;
                });
    }

    private List<byte[]> entries(int partition) {
        return Objects.requireNonNull(entries.get(partition));
    }

    private FaultyLog log(int partition) {
        return Objects.requireNonNull(logs.get(partition));
    }

    /** The node ends when the first partition has committed and the other one has not heard. */
    private void commitInTheFirstPartitionAlone() throws InterruptedException {
        try (Engine engine = open();
                TestSession session = new TestSession(engine)) {
            assertThat(session.run(INSERT)).containsExactly("INSERT 0 20");
            // Prepared, decided, forgotten; the other one has nothing to forget.
            Waiting.until(() -> entries(0).size() == 3);
        }
        assertThat(entries(1)).hasSize(2);
        entries(0).removeLast();
        entries(1).removeLast();
    }

    @Test
    void whatOnePartitionHasCommittedIsCommittedInTheOthers() throws Exception {
        commitInTheFirstPartitionAlone();
        try (Engine engine = open();
                TestSession session = new TestSession(engine)) {
            assertThat(session.run(COUNT)).containsExactly("20");
        }
    }

    @Test
    void decisionsAreNotForgottenBeforeAllPartitionsHaveAsked() throws Exception {
        commitInTheFirstPartitionAlone();
        leadershipDelay = Duration.ofMillis(200);
        for (int run = 0; run < 2; run++) {
            try (Engine engine = open();
                    TestSession session = new TestSession(engine)) {
                assertThat(session.run(COUNT)).containsExactly("20");
            }
        }
    }

    @Test
    void abortedTransactionIsInNobodysWayThoughTheLogHasNoRoomForThat() {
        try (Engine engine = open();
                TestSession session = new TestSession(engine)) {
            log(0).refuseAfter(1, ErrorCode.DISK_FULL);
            log(1).refuseAfter(0, ErrorCode.DISK_FULL);
            assertThat(session.run(INSERT)).containsExactly("ERROR 53100 refused for a test");
            assertThat(session.run(COUNT)).containsExactly("0");
            assertThat(session.run("SELECT * FROM t WHERE id = 1")).isEmpty();

            log(0).refuseNone();
            log(1).refuseNone();
            assertThat(session.run(INSERT)).containsExactly("INSERT 0 20");
        }
        try (Engine engine = open();
                TestSession session = new TestSession(engine)) {
            assertThat(session.run(COUNT)).containsExactly("20");
        }
    }

    @Test
    void abortTakesTheRoomThatIsKeptForIt() throws Exception {
        try (Engine engine = open();
                TestSession session = new TestSession(engine)) {
            log(0).refuseAfter(1, ErrorCode.DISK_FULL);
            log(1).refuseAfter(0, ErrorCode.DISK_FULL);
            session.run(INSERT);
            // Prepared and decided.
            Waiting.until(() -> entries(0).size() == 2);
        }
    }

    @Test
    void commitTakesTheRoomThatIsKeptForItInTheOtherPartitions() throws Exception {
        try (Engine engine = open();
                TestSession session = new TestSession(engine)) {
            log(1).refuseAfter(1, ErrorCode.DISK_FULL);
            assertThat(session.run(INSERT)).containsExactly("INSERT 0 20");
            assertThat(session.run(COUNT)).containsExactly("20");
            Waiting.until(() -> entries(0).size() == 3);
        }
    }

    @Test
    void commitThatTheLogRefusesIsAnAbort() {
        try (Engine engine = open();
                TestSession session = new TestSession(engine)) {
            log(0).refuseAfter(1, ErrorCode.IO_ERROR);
            assertThat(session.run(INSERT)).containsExactly("ERROR 58030 refused for a test");
            assertThat(session.run(COUNT)).containsExactly("0");
            log(0).refuseNone();
            assertThat(session.run(INSERT)).containsExactly("INSERT 0 20");
        }
    }

    @Test
    void readThatWaitsForATransactionGoesOnWhenTheLogRefusesThat() throws Exception {
        try (Engine engine = open();
                TestSession writer = new TestSession(engine);
                TestSession reader = new TestSession(engine)) {
            log(0).answerNone();
            CompletableFuture<List<String>> insert =
                    CompletableFuture.supplyAsync(() -> writer.run(INSERT));
            Waiting.until(() -> log(0).kept().size() == 1);
            CompletableFuture<List<String>> count =
                    CompletableFuture.supplyAsync(() -> reader.run(COUNT));
            // It most likely waits by now.
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            log(0).answer();
            log(0).kept().getFirst().refuse(ErrorCode.DISK_FULL);
            assertThat(insert.join()).containsExactly("ERROR 53100 refused for a test");
            assertThat(count.join()).containsExactly("0");
        }
    }
}
