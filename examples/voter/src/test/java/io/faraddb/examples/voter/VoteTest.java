package io.faraddb.examples.voter;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.Engine;
import io.faraddb.engine.EngineConfig;
import io.faraddb.engine.catalog.JarDef;
import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LocalLogSettings;
import io.faraddb.engine.log.LocalLogStore;
import io.faraddb.engine.recovery.RecoveryProgress;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.snapshot.SnapshotSettings;
import io.faraddb.engine.snapshot.SnapshotStore;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.time.SystemTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The procedure in an engine of three partitions. */
class VoteTest {

    private static final int SEGMENT_BYTES = 4 << 20;

    @TempDir Path directory;
    private LocalLogStore logs;
    private Engine engine;
    private Session session;

    @BeforeEach
    void makeDatabase() throws IOException {
        logs =
                LocalLogStore.open(
                        new FileDisk(directory.resolve("log")),
                        LocalLogSettings.DEFAULT.withSegmentBytes(SEGMENT_BYTES),
                        SystemTime.INSTANCE);
        engine =
                Engine.open(
                        EngineConfig.of(3),
                        logs::partition,
                        new SnapshotStore(
                                new FileDisk(directory.resolve("snapshots")),
                                SystemTime.INSTANCE,
                                SnapshotSettings.DEFAULT),
                        SystemTime.INSTANCE,
                        new RecoveryProgress());
        session = engine.openSession("admin", Map.of(), new Silent());
        query(resource("schema.sql"));
        engine.loadJar(new JarDef("voter", "any", jar()));
        query(resource("procedure.sql"));
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
        logs.close();
    }

    @Test
    void phoneHasTwoVotes() {
        assertThat(vote(7_012_345_678L, 1)).isEqualTo(Vote.ACCEPTED);
        assertThat(vote(7_012_345_678L, 2)).isEqualTo(Vote.ACCEPTED);
        assertThat(vote(7_012_345_678L, 1)).isEqualTo(Vote.LIMIT_REACHED);
        assertThat(vote(7_012_345_679L, 1)).isEqualTo(Vote.ACCEPTED);
        assertThat(query("SELECT phone, number, contestant FROM votes ORDER BY 1, 2"))
                .containsExactly(
                        List.of(7_012_345_678L, 1L, 1L),
                        List.of(7_012_345_678L, 2L, 2L),
                        List.of(7_012_345_679L, 1L, 1L));
    }

    @Test
    void contestantHasToExist() {
        assertThat(vote(1, 999)).isEqualTo(Vote.NO_SUCH_CONTESTANT);
        assertThat(query("SELECT * FROM votes")).isEmpty();
        assertThat(query("SELECT * FROM totals")).isEmpty();
    }

    @Test
    void totalsOfThePartitionsAddUpToTheVotes() {
        for (int phone = 0; phone < 120; phone++) {
            assertThat(vote(phone, phone % 6 + 1)).isEqualTo(Vote.ACCEPTED);
        }
        assertThat(query("SELECT count(*) FROM totals")).containsExactly(List.of(3L * 6));
        assertThat(
                        query(
                                "SELECT DISTINCT t FROM (SELECT sum(votes) AS t FROM totals"
                                        + " GROUP BY contestant) x"))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.getFirst()).hasToString("20"));
    }

    private long vote(long phone, int contestant) {
        return (Long) query("CALL vote(%d, %d)".formatted(phone, contestant)).getFirst().getFirst();
    }

    private List<List<Object>> query(String sql) {
        List<List<Object>> rows = new ArrayList<>();
        session.query(
                        sql,
                        new Session.ResultListener() {
                            @Override
                            public void result(Result result) {
                                result.rows().forEach(row -> rows.add(Arrays.asList(row)));
                            }

                            @Override
                            public void empty() {}
                        })
                .join();
        return rows;
    }

    private static byte[] jar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new JarEntry("io/faraddb/examples/voter/Vote.class"));
            jar.write(bytes("Vote.class"));
        }
        return bytes.toByteArray();
    }

    private static String resource(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Vote.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    /** Nothing is told, nothing is copied. */
    private static final class Silent implements SessionListener {
        @Override
        public void notice(String severity, SqlException notice) {}

        @Override
        public void settingChanged(Session.Setting setting) {}

        @Override
        public void copyIn(String table, List<Field> fields, CopyOptions options, RowSink sink) {}
    }
}
