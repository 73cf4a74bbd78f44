package io.faraddb.engine;

import io.faraddb.engine.disk.SimDisk;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.memory.MemoryLimits;
import io.faraddb.engine.recovery.RecoveryProgress;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.snapshot.SnapshotSettings;
import io.faraddb.engine.snapshot.SnapshotStore;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.time.SystemTime;
import io.faraddb.engine.type.TextFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** An engine over logs in memory, with sessions that answer as text. */
final class TestDatabase implements AutoCloseable {

    private final Map<Integer, MemoryLog> logs = new HashMap<>();
    private final int partitions;
    private final MemoryLimits memory;
    private Engine engine;

    TestDatabase(int partitions) {
        this(partitions, MemoryLimits.NONE);
    }

    TestDatabase(int partitions, MemoryLimits memory) {
        this.partitions = partitions;
        this.memory = memory;
        engine = open();
    }

    private Engine open() {
        return engineOver(
                EngineConfig.of(partitions).withMemory(memory),
                partition ->
                        logs.compute(
                                partition,
                                (id, old) ->
                                        new MemoryLog(
                                                old == null ? new ArrayList<>() : old.entries())));
    }

    /** An engine over given logs, without snapshots. */
    static Engine engineOver(int partitions, Engine.LogSource logs) {
        return engineOver(EngineConfig.of(partitions), logs);
    }

    private static Engine engineOver(EngineConfig config, Engine.LogSource logs) {
        return Engine.open(
                config,
                logs,
                new SnapshotStore(
                        new SimDisk().mount(), SystemTime.INSTANCE, SnapshotSettings.DEFAULT),
                SystemTime.INSTANCE,
                new RecoveryProgress());
    }

    /** Forgets everything in memory and reads the logs again. */
    void restart() {
        engine.close();
        engine = open();
    }

    /** As if it had crashed before its last change of the schema was logged. */
    void restartWithoutLastSchemaChange() {
        engine.close();
        Objects.requireNonNull(logs.get(Engine.CONTROL_PARTITION)).entries().removeLast();
        engine = open();
    }

    Engine engine() {
        return engine;
    }

    TestSession session() {
        return new TestSession(engine);
    }

    @Override
    public void close() {
        engine.close();
    }

    /** A session of the simple query protocol. */
    static final class TestSession implements AutoCloseable {
        private final List<String> notices = new ArrayList<>();
        private final Session session;

        TestSession(Engine engine) {
            session =
                    engine.openSession(
                            "admin",
                            Map.of(),
                            new SessionListener() {
                                @Override
                                public void notice(String severity, SqlException notice) {
                                    notices.add(notice.text());
                                }

                                @Override
                                public void settingChanged(Session.Setting setting) {}

                                @Override
                                public void copyIn(
                                        String table,
                                        List<Field> fields,
                                        CopyOptions options,
                                        RowSink sink) {}
                            });
        }

        Session session() {
            return session;
        }

        List<String> notices() {
            return notices;
        }

        /** Rows as text, columns parted by bars, null as nothing; or the tag. */
        List<String> run(String sql) {
            List<String> lines = new ArrayList<>();
            try {
                session.query(
                                sql,
                                new Session.ResultListener() {
                                    @Override
                                    public void result(Result result) {
                                        add(result, lines);
                                    }

                                    @Override
                                    public void empty() {}
                                })
                        .join();
            } catch (CompletionException failure) {
                if (failure.getCause() instanceof SqlException sql2) {
                    lines.add("ERROR " + sql2.code().sqlState() + " " + sql2.text());
                } else {
                    throw failure;
                }
            }
            return lines;
        }

        private static void add(Result result, List<String> lines) {
            List<Field> fields = result.fields();
            if (fields == null) {
                lines.add(result.tag());
                return;
            }
            result.takeRows(row -> lines.add(line(fields, row)));
        }

        private static String line(List<Field> fields, @Nullable Object[] row) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(i == 0 ? "" : "|");
                if (row[i] != null) {
                    line.append(TextFormat.format(fields.get(i).type(), row[i]));
                }
            }
            return line.toString();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
