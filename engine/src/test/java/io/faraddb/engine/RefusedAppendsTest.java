package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.log.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a site makes of appends that its log refuses, each in its time. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class RefusedAppendsTest {

    private final Map<Integer, FaultyLog> logs = new HashMap<>();

    private FaultyLog log() {
        return Objects.requireNonNull(logs.get(0));
    }

    private Engine open() {
        return TestDatabase.engineOver(
                1,
                partition -> {
                    FaultyLog log = new FaultyLog(new MemoryLog(), Duration.ZERO);
                    logs.put(partition, log);
                    return log;
                });
    }

    private static CompletableFuture<List<String>> start(Engine engine, String sql) {
        return CompletableFuture.supplyAsync(() -> {
            try (TestSession session = new TestSession(engine)) {
                return session.run(sql);
            }
        });
    }

    /** Begins an insert and waits until its append is the given one that the log keeps. */
    private CompletableFuture<List<String>> insert(Engine engine, int id, int kept)
            throws InterruptedException {
        CompletableFuture<List<String>> answer = start(engine, "INSERT INTO t VALUES (" + id + ")");
        Waiting.until(() -> log().kept().size() == kept);
        return answer;
    }

    @Test
    void whatWaitsForARefusedTransactionDoesNotSeeWhatWasRefusedWithIt() throws Exception {
        try (Engine engine = open();
                TestSession session = new TestSession(engine);
                TestSession large = new TestSession(engine)) {
            session.run("CREATE TABLE t (id int PRIMARY KEY, v int)");
            session.run("INSERT INTO t SELECT g, 0 FROM generate_series(1, 2000) g");
            large.run("BEGIN");
            large.run("UPDATE t SET v = v + 1 WHERE id <= 1500");
            log().answerNone();
            CompletableFuture<List<String>> prepared =
                    CompletableFuture.supplyAsync(() -> large.run("COMMIT"));
            Waiting.until(() -> log().kept().size() == 1);
            CompletableFuture<List<String>> behind =
                    start(engine, "UPDATE t SET v = v + 10 WHERE id = 2000");
            Waiting.until(() -> log().kept().size() == 2);
            CompletableFuture<List<String>> waiting =
                    start(engine, "UPDATE t SET v = v + 100 WHERE id >= 1500");
            // It most likely waits by now.
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());

            log().answer();
            log().kept().get(0).refuse(ErrorCode.DISK_FULL);
            assertThat(prepared.join()).containsExactly("ERROR 53100 refused for a test");
            assertThat(behind.join()).containsExactly("ERROR 53100 refused for a test");
            assertThat(waiting.join()).containsExactly("UPDATE 501");
            assertThat(session.run("SELECT v FROM t WHERE id IN (1500, 2000)"))
                    .containsExactly("100", "100");
        }
    }

    @Test
    void lateRefusalIsNotTakenForThatOfTheNextAppendInItsPlace() throws Exception {
        try (Engine engine = open();
                TestSession session = new TestSession(engine)) {
            session.run("CREATE TABLE t (id int PRIMARY KEY)");
            log().answerNone();
            CompletableFuture<List<String>> first = insert(engine, 1, 1);
            CompletableFuture<List<String>> second = insert(engine, 2, 2);
            log().kept().get(0).refuse(ErrorCode.DISK_FULL);
            assertThat(first.join()).containsExactly("ERROR 53100 refused for a test");
            assertThat(second.join()).containsExactly("ERROR 53100 refused for a test");

            CompletableFuture<List<String>> third = insert(engine, 3, 3);
            CompletableFuture<List<String>> fourth = insert(engine, 4, 4);
            log().kept().get(1).refuse(ErrorCode.DISK_FULL);
            // The site most likely knows by now.
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            log().kept().get(2).take();
            log().kept().get(3).take();
            assertThat(third.join()).containsExactly("INSERT 0 1");
            assertThat(fourth.join()).containsExactly("INSERT 0 1");
            log().answer();
            assertThat(session.run("SELECT id FROM t ORDER BY id")).containsExactly("3", "4");
        }
    }
}
