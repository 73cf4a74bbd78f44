package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.log.LocalLogSettings;
import io.faraddb.engine.log.LocalLogStore;
import io.faraddb.engine.time.SystemTime;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine over the log on disk. */
class DurableEngineTest {

    @TempDir Path directory;

    private LocalLogStore logs() throws IOException {
        return LocalLogStore.open(
                new FileDisk(directory),
                LocalLogSettings.DEFAULT.withSegmentBytes(8 << 20),
                SystemTime.INSTANCE);
    }

    @Test
    void whatWasAcknowledgedIsThereAfterEachRestart() throws IOException {
        for (int round = 1; round <= 3; round++) {
            try (LocalLogStore logs = logs();
                    Engine engine =
                            Engine.open(EngineConfig.of(2), logs::partition, SystemTime.INSTANCE);
                    TestSession session = new TestSession(engine)) {
                if (round == 1) {
                    session.run("CREATE TABLE t (id int PRIMARY KEY, round int)");
                }
                assertThat(session.run("SELECT count(*), coalesce(max(round), 0) FROM t"))
                        .containsExactly((round - 1) * 1000 + "|" + (round - 1));
                assertThat(
                                session.run(
                                        "INSERT INTO t SELECT g + %d, %d FROM generate_series(1,"
                                                        .formatted(round * 1000, round)
                                                + " 1000) g"))
                        .containsExactly("INSERT 0 1000");
                assertThat(session.run("UPDATE t SET round = " + round))
                        .containsExactly("UPDATE " + round * 1000);
            }
        }
    }

    @Test
    void aTransactionLargerThanAnEntryIsWholeAfterARestart() throws IOException {
        try (LocalLogStore logs = logs();
                Engine engine =
                        Engine.open(EngineConfig.of(2), logs::partition, SystemTime.INSTANCE);
                TestSession session = new TestSession(engine)) {
            session.run("CREATE TABLE t (id int PRIMARY KEY, filler text)");
            assertThat(
                            session.run(
                                    "INSERT INTO t SELECT g, repeat('x', 1000) FROM"
                                            + " generate_series(1, 20000) g"))
                    .containsExactly("INSERT 0 20000");
        }
        try (LocalLogStore logs = logs();
                Engine engine =
                        Engine.open(EngineConfig.of(2), logs::partition, SystemTime.INSTANCE);
                TestSession session = new TestSession(engine)) {
            assertThat(session.run("SELECT count(*), sum(length(filler)) FROM t"))
                    .containsExactly("20000|20000000");
        }
    }
}
