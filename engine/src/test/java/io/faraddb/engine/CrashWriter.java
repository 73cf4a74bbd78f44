package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes rows of its own and knows what they have to be, or what two states they may be in. */
final class CrashWriter {

    private static final int ROWS_MAX = 12;

    private final int id;
    private final Random random;
    private Rows rows = new Rows();
    private Rows maybe = rows;
    private String last = "nothing";

    /**
     * The writer's rows: of a partitioned table, of one with a global index, and of a replicated
     * one.
     */
    private record Rows(
            Map<Integer, Integer> plain,
            Map<Integer, String> named,
            Map<Integer, Integer> replicated) {

        Rows() {
            this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        }

        Rows copy() {
            return new Rows(new TreeMap<>(plain), new TreeMap<>(named), new TreeMap<>(replicated));
        }
    }

    /** What a transaction does: its statements, and the rows after it. */
    private record Work(List<String> statements, Rows after) {}

    CrashWriter(int id, Random random) {
        this.id = id;
        this.random = random;
    }

    static void createTables(TestSession session) {
        for (String table :
                List.of(
                        "p (id int PRIMARY KEY, owner int, v int)",
                        "u (id int PRIMARY KEY, owner int, name text UNIQUE)",
                        "r (id int PRIMARY KEY, owner int, v int) WITH (replicated = true)",
                        "emptied (id int PRIMARY KEY)")) {
            assertThat(session.run("CREATE TABLE IF NOT EXISTS " + table))
                    .containsExactly("CREATE TABLE");
        }
    }

    /** Ends early when the database has failed. */
    void work(TestSession session, int steps) {
        for (int step = 0; step < steps; step++) {
            Work work = next();
            String failure = run(session, work.statements());
            last = work.statements() + ": " + failure;
            if (failure == null) {
                rows = work.after();
                maybe = rows;
            } else if (failure.startsWith("ERROR 08007")) {
                maybe = work.after();
                return;
            } else if (failure.startsWith("ERROR 58030")) {
                return;
            }
        }
    }

    private static @Nullable String run(TestSession session, List<String> statements) {
        boolean block = statements.size() > 1;
        if (block) {
            session.run("BEGIN");
        }
        for (String statement : statements) {
            String failure = failureOf(session.run(statement));
            if (failure != null) {
                session.run("ROLLBACK");
                return failure;
            }
        }
        return block ? failureOf(session.run("COMMIT")) : null;
    }

    private static @Nullable String failureOf(List<String> answer) {
        return answer.stream().filter(line -> line.startsWith("ERROR")).findFirst().orElse(null);
    }

    private int anyId() {
        return id * 1000 + random.nextInt(ROWS_MAX);
    }

    private Work next() {
        Rows after = rows.copy();
        List<String> statements = new ArrayList<>();
        int count = random.nextInt(3) == 0 ? random.nextInt(2, 5) : 1;
        for (int i = 0; i < count; i++) {
            statements.add(
                    switch (random.nextInt(8)) {
                        case 0, 1, 2 -> putPlain(after);
                        case 3 -> deletePlain(after);
                        case 4 -> addToAllPlain(after);
                        case 5 -> putNamed(after);
                        case 6 -> deleteNamed(after);
                        default -> putReplicated(after);
                    });
        }
        return new Work(statements, after);
    }

    private String putPlain(Rows after) {
        int key = anyId();
        int value = random.nextInt(100);
        after.plain().put(key, value);
        return "INSERT INTO p (id, owner, v) VALUES (%d, %d, %d)".formatted(key, id, value)
                + " ON CONFLICT (id) DO UPDATE SET v = excluded.v";
    }

    private String deletePlain(Rows after) {
        int key = anyId();
        after.plain().remove(key);
        return "DELETE FROM p WHERE id = " + key;
    }

    private String addToAllPlain(Rows after) {
        after.plain().replaceAll((key, value) -> value + 1);
        return "UPDATE p SET v = v + 1 WHERE owner = " + id;
    }

    private String putNamed(Rows after) {
        int key = anyId();
        String name = "n" + key + "-" + random.nextInt(3);
        boolean there = after.named().put(key, name) != null;
        return there
                ? "UPDATE u SET name = '%s' WHERE id = %d".formatted(name, key)
                : "INSERT INTO u VALUES (%d, %d, '%s')".formatted(key, id, name);
    }

    private String deleteNamed(Rows after) {
        int key = anyId();
        after.named().remove(key);
        return "DELETE FROM u WHERE id = " + key;
    }

    private String putReplicated(Rows after) {
        int key = anyId();
        int value = random.nextInt(100);
        after.replicated().put(key, value);
        return "UPSERT INTO r VALUES (%d, %d, %d)".formatted(key, id, value);
    }

    /** Finds either of the two states, the same one everywhere; goes on from there. */
    void verify(TestSession session) {
        Rows found = read(session);
        assertThat(found).as("after %s", last).isIn(rows, maybe);
        rows = found;
        maybe = found;
        verifyCopies(session);
        verifyIndexes(session);
    }

    private Rows read(TestSession session) {
        Rows found = new Rows();
        for (String row : session.run("SELECT id, v FROM p WHERE owner = " + id)) {
            found.plain().put(first(row), Integer.parseInt(rest(row)));
        }
        for (String row : session.run("SELECT id, name FROM u WHERE owner = " + id)) {
            found.named().put(first(row), rest(row));
        }
        for (String row : session.run("SELECT id, v FROM r WHERE owner = " + id)) {
            found.replicated().put(first(row), Integer.parseInt(rest(row)));
        }
        return found;
    }

    private static int first(String row) {
        return Integer.parseInt(row.substring(0, row.indexOf('|')));
    }

    private static String rest(String row) {
        return row.substring(row.indexOf('|') + 1);
    }

    /** Each partition joins with its own copy of the replicated table. */
    private void verifyCopies(TestSession session) {
        int sum = rows.replicated().values().stream().mapToInt(value -> value).sum();
        int expected = sum * rows.plain().size();
        assertThat(
                        session.run(
                                "SELECT coalesce(sum(r.v), 0) FROM p JOIN r ON r.owner = p.owner"
                                        + " WHERE p.owner = "
                                        + id))
                .containsExactly(Integer.toString(expected));
    }

    private void verifyIndexes(TestSession session) {
        rows.named()
                .forEach((key, name) ->
                        assertThat(session.run("SELECT id FROM u WHERE name = '" + name + "'"))
                                .containsExactly(key.toString()));
        for (int value = 0; value < 100; value += 7) {
            int wanted = value;
            long expected = rows.plain().values().stream().filter(v -> v == wanted).count();
            assertThat(
                            session.run(
                                    "SELECT count(*) FROM p WHERE v = "
                                            + value
                                            + " AND owner = "
                                            + id))
                    .containsExactly(Long.toString(expected));
        }
        for (int free = 0; free < 3; free++) {
            String name = "n" + (id * 1000) + "-" + free;
            if (!rows.named().containsValue(name)) {
                assertThat(session.run("SELECT count(*) FROM u WHERE name = '" + name + "'"))
                        .containsExactly("0");
            }
        }
    }
}
