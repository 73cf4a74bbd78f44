package io.faraddb.engine;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.recovery.Snapshots;
import io.faraddb.engine.snapshot.SnapshotManifest;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that writes rows and says which are acknowledged, until it is killed. Snapshots are
 * taken meanwhile, one after the other.
 */
final class CrashVictim {

    static final int PARTITIONS = 3;

    private static final int WRITERS = 3;

    private CrashVictim() {}

    /**
     * @param arguments the directory, and the first id to write
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Engine engine = new DurableDatabase(Path.of(arguments[0]), PARTITIONS).engine();
        try (TestSession session = new TestSession(engine)) {
            session.run("CREATE TABLE IF NOT EXISTS t (id bigint PRIMARY KEY, pair bigint)");
        }
        long first = Long.parseLong(arguments[1]);
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Thread.ofPlatform().start(() -> write(engine, first + writer, out));
        }
        while (true) {
            takeSnapshot(engine.snapshotsOnDisk());
        }
    }

    private static void takeSnapshot(Snapshots snapshots) {
        snapshots.create("").done().join();
        List<SnapshotManifest> whole = snapshots.list();
        whole.subList(0, Math.max(0, whole.size() - 2))
                .forEach(old -> snapshots.delete(old.snapshot()));
    }

    /** Odd ones alone, even ones with a second row that is in another partition mostly. */
    private static void write(Engine engine, long first, PrintStream out) {
        try (TestSession session = new TestSession(engine)) {
            for (long id = first; ; id += WRITERS) {
                String sql =
                        id % 2 == 0
                                ? "INSERT INTO t VALUES (%d, %d), (%d, %d)"
                                        .formatted(id, -id, -id, id)
                                : "INSERT INTO t VALUES (%d, 0)".formatted(id);
                List<String> answer = session.run(sql);
                if (answer.getFirst().startsWith("INSERT")) {
                    out.println(id);
                } else {
                    out.println("refused " + answer);
                }
            }
        }
    }
}
