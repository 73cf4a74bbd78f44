package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.history.Done;
import io.faraddb.engine.history.Done.Append;
import io.faraddb.engine.history.Done.Read;
import io.faraddb.engine.history.Done.Step;
import io.faraddb.engine.history.HistoryChecker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients append to lists and read them, side by side, by every kind of transaction and of table;
 * what they saw is strictly serializable.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SerializabilityTest {

    private static final int KEYS = 4;
    private static final int CLIENTS = 6;
    private static final int STEPS_MAX = 4;
    private static final int PARTITIONS = 3;
    private static final int ONE_REFUSED_IN = 40;

    /** Always true, and keeps a site waiting. */
    private static final String SLOWLY = " AND (SELECT count(*) FROM generate_series(1, 5000)) > 0";

    private static final Duration CHANGE_EVERY = Duration.ofMillis(5);

    private static final List<String> CHANGES =
            List.of(
                    "DROP INDEX m_n",
                    "ALTER TABLE m ADD COLUMN more int DEFAULT 5",
                    "CREATE INDEX m_n ON m (n)",
                    "CREATE UNIQUE INDEX c_v ON c (v, k)",
                    "ALTER TABLE m DROP COLUMN more",
                    "CREATE UNIQUE INDEX e_v ON e (v, k)",
                    "DROP INDEX c_v",
                    "CREATE UNIQUE INDEX r_other ON r (v, k)",
                    "ALTER TABLE e ADD COLUMN more text NOT NULL DEFAULT 'x'",
                    "DROP INDEX r_other",
                    "DROP INDEX e_v",
                    "ALTER TABLE e DROP COLUMN more");

    /** Tables that keep lists, each by a way of its own. */
    private enum Kind {
        ROW(
                "CREATE TABLE r (k int PRIMARY KEY, v text)",
                "UPDATE r SET v = v || '%2$d,' WHERE k = %1$d",
                "SELECT k, v FROM r WHERE k = %d",
                "SELECT k, v FROM r"),
        ROW_BY_UNIQUE_KEY(
                "CREATE TABLE u (k int PRIMARY KEY, other int UNIQUE, v text)",
                "UPDATE u SET v = v || '%2$d,' WHERE other = 100 + %1$d",
                "SELECT k, v FROM u WHERE other = 100 + %d",
                "SELECT k, v FROM u ORDER BY other"),
        ROW_THAT_MOVES_IN_ITS_INDEX(
                "CREATE TABLE m (k int PRIMARY KEY, n int, v text)",
                "UPDATE m SET v = v || '%2$d,', n = n + 1 WHERE k = %1$d",
                "SELECT k, v FROM m WHERE n >= 0 AND k + 0 = %d",
                "SELECT k, v FROM m WHERE n >= 0"),
        COPIED(
                "CREATE TABLE c (k int PRIMARY KEY, v text) WITH (replicated = true)",
                "UPDATE c SET v = v || '%2$d,' WHERE k = %1$d",
                "SELECT k, v FROM c WHERE k = %d",
                "SELECT k, v FROM c"),
        ROWS(
                "CREATE TABLE e (k int, n int, v int, PRIMARY KEY (k, n)) PARTITION BY HASH (k)",
                "INSERT INTO e (k, n, v)"
                        + " SELECT %1$d, coalesce(max(n), 0) + 1, %2$d FROM e WHERE k = %1$d",
                "SELECT k, v FROM e WHERE k = %d ORDER BY n",
                "SELECT k, v FROM e ORDER BY k, n");

        private final String table;
        private final String append;
        private final String read;
        private final String readAll;

        Kind(String table, String append, String read, String readAll) {
            this.table = table;
            this.append = append;
            this.read = read;
            this.readAll = readAll;
        }

        private String list(int key) {
            return name() + " " + key;
        }
    }

    private final AtomicInteger values = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatClientsSeeHasAnOrder(long seed) throws Exception {
        run(seed, 80, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatClientsSeeHasAnOrderWhenLogsRefuseSome(long seed) throws Exception {
        run(seed, 80, ONE_REFUSED_IN);
    }

    @Test
    @Tag("slow")
    void whatClientsSeeInALongRunHasAnOrder() throws Exception {
        run(System.nanoTime(), 1_000, 0);
        run(System.nanoTime(), 1_000, ONE_REFUSED_IN);
    }

    private void run(long seed, int transactions, int refusesOneIn) throws Exception {
        Map<Integer, SlowLog> logs = new HashMap<>();
        try (Engine engine =
                        TestDatabase.engineOver(
                                PARTITIONS,
                                partition -> {
                                    SlowLog log =
                                            new SlowLog(new MemoryLog(), partition, refusesOneIn);
                                    logs.put(partition, log);
                                    return log;
                                });
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
            createTables(engine);
            logs.forEach((partition, log) -> log.refuse(partition != Engine.CONTROL_PARTITION));
            List<Client> clients = new ArrayList<>();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Client client = new Client(engine, "client " + i, new Random(seed + i));
                clients.add(client);
                running.add(threads.submit(() -> client.run(transactions)));
            }
            AtomicBoolean over = new AtomicBoolean(refusesOneIn > 0);
            running.add(threads.submit(() -> changeSchema(engine, over)));
            try {
                for (Future<?> each : running.subList(0, CLIENTS)) {
                    each.get();
                }
            } finally {
                over.set(true);
            }
            running.getLast().get();
            logs.values().forEach(log -> log.refuse(false));
            check(engine, clients, CLIENTS * transactions / 2, seed);
        }
    }

    private void check(Engine engine, List<Client> clients, int committedMin, long seed) {
        List<Done> history = new ArrayList<>();
        clients.forEach(client -> history.addAll(client.done));
        assertThat(history).as("committed").hasSizeGreaterThan(committedMin);
        Client last = new Client(engine, "end", new Random(seed));
        last.readEverything();
        history.addAll(last.done);
        clients.forEach(client ->
                client.unknown.stream()
                        .filter(each -> leftSomething(each, last.done.getFirst()))
                        .forEach(history::add));
        assertThat(HistoryChecker.complaints(history)).as("seed %d", seed).isEmpty();
    }

    /** Whether a transaction with an unknown outcome was committed. */
    private static boolean leftSomething(Done unknown, Done end) {
        for (Step step : unknown.steps()) {
            for (Step seen : end.steps()) {
                if (step instanceof Append(String list, int value)
                        && seen instanceof Read read
                        && read.list().equals(list)
                        && read.values().contains(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void createTables(Engine engine) {
        try (TestSession session = new TestSession(engine)) {
            for (Kind kind : Kind.values()) {
                assertThat(session.run(kind.table)).containsExactly("CREATE TABLE");
            }
            session.run("CREATE INDEX m_n ON m (n)");
            for (int key = 1; key <= KEYS; key++) {
                session.run("INSERT INTO r VALUES (%d, '')".formatted(key));
                session.run("INSERT INTO u VALUES (%d, 100 + %d, '')".formatted(key, key));
                session.run("INSERT INTO m VALUES (%d, 0, '')".formatted(key));
                session.run("INSERT INTO c VALUES (%d, '')".formatted(key));
            }
            String both =
                    " UPDATE r SET v = v || $2 WHERE k = $1;"
                            + " UPDATE m SET v = v || $2, n = n + 1 WHERE k = $1; END";
            assertThat(
                            session.run(
                                    "CREATE PROCEDURE one PARTITION ON TABLE r COLUMN k AS BEGIN"
                                            + both))
                    .containsExactly("CREATE PROCEDURE");
            assertThat(
                            session.run(
                                    "CREATE PROCEDURE several AS BEGIN"
                                            + " UPDATE c SET v = v || $2 WHERE k = $1;"
                                            + both))
                    .containsExactly("CREATE PROCEDURE");
        }
    }

    /** Nothing that clients see depends on these. */
    private static void changeSchema(Engine engine, AtomicBoolean over) {
        try (TestSession session = new TestSession(engine)) {
            while (!over.get()) {
                for (String change : CHANGES) {
                    assertThat(session.run(change)).allMatch(line -> !line.startsWith("ERROR"));
                    LockSupport.parkNanos(CHANGE_EVERY.toNanos());
                }
            }
        }
    }

    /** One session and what it has committed. */
    private final class Client {
        private final Engine engine;
        private final String name;
        private final Random random;
        private final List<Done> done = new ArrayList<>();
        private final List<Done> unknown = new ArrayList<>();
        private boolean outcomeUnknown;

        Client(Engine engine, String name, Random random) {
            this.engine = engine;
            this.name = name;
            this.random = random;
        }

        void run(int transactions) {
            try (TestSession session = new TestSession(engine)) {
                for (int i = 0; i < transactions; i++) {
                    transaction(session);
                }
            }
        }

        void readEverything() {
            try (TestSession session = new TestSession(engine)) {
                List<Step> steps = new ArrayList<>();
                long begun = System.nanoTime();
                for (Kind kind : Kind.values()) {
                    assertThat(readAll(session, kind, steps)).isTrue();
                }
                done.add(new Done(name, begun, System.nanoTime(), steps));
            }
        }

        private void transaction(TestSession session) {
            List<Step> steps = new ArrayList<>();
            outcomeUnknown = false;
            long begun = System.nanoTime();
            boolean committed =
                    switch (random.nextInt(6)) {
                        case 0, 1 -> step(session, steps);
                        case 2 -> callOfOne(session, steps);
                        case 3 -> callOfSeveral(session, steps);
                        default -> block(session, steps);
                    };
            if (committed) {
                done.add(new Done(name + " #" + done.size(), begun, System.nanoTime(), steps));
            } else if (outcomeUnknown) {
                unknown.add(new Done(name + " ?" + unknown.size(), begun, Long.MAX_VALUE, steps));
            }
        }

        private boolean block(TestSession session, List<Step> steps) {
            session.run("BEGIN");
            int count = 1 + random.nextInt(STEPS_MAX);
            for (int i = 0; i < count; i++) {
                if (!step(session, steps)) {
                    session.run("ROLLBACK");
                    return false;
                }
            }
            if (random.nextInt(8) == 0) {
                session.run("ROLLBACK");
                return false;
            }
            return succeeds(session.run("COMMIT"));
        }

        private boolean step(TestSession session, List<Step> steps) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            return switch (random.nextInt(5)) {
                case 0, 1 -> append(session, kind, steps);
                case 2, 3 -> read(session, kind, steps);
                default -> readAll(session, kind, steps);
            };
        }

        private int key() {
            return 1 + random.nextInt(KEYS);
        }

        private boolean append(TestSession session, Kind kind, List<Step> steps) {
            int key = key();
            int value = values.incrementAndGet();
            steps.add(new Append(kind.list(key), value));
            String slow = random.nextInt(4) == 0 ? SLOWLY : "";
            return succeeds(session.run(kind.append.formatted(key, value) + slow));
        }

        private boolean callOfOne(TestSession session, List<Step> steps) {
            return call(session, "one", List.of(Kind.ROW, Kind.ROW_THAT_MOVES_IN_ITS_INDEX), steps);
        }

        private boolean callOfSeveral(TestSession session, List<Step> steps) {
            return call(
                    session,
                    "several",
                    List.of(Kind.COPIED, Kind.ROW, Kind.ROW_THAT_MOVES_IN_ITS_INDEX),
                    steps);
        }

        private boolean call(
                TestSession session, String procedure, List<Kind> kinds, List<Step> steps) {
            int key = key();
            int value = values.incrementAndGet();
            kinds.forEach(kind -> steps.add(new Append(kind.list(key), value)));
            return succeeds(session.run("CALL %s(%d, '%d,')".formatted(procedure, key, value)));
        }

        private boolean read(TestSession session, Kind kind, List<Step> steps) {
            int key = key();
            return read(session.run(kind.read.formatted(key)), kind, List.of(key), steps);
        }

        private boolean readAll(TestSession session, Kind kind, List<Step> steps) {
            List<Integer> keys = List.of(1, 2, 3, 4);
            return read(session.run(kind.readAll), kind, keys, steps);
        }

        private boolean read(List<String> lines, Kind kind, List<Integer> keys, List<Step> steps) {
            if (!succeeds(lines)) {
                return false;
            }
            for (int key : keys) {
                String start = key + "|";
                List<Integer> list =
                        lines.stream()
                                .filter(line -> line.startsWith(start))
                                .flatMap(line ->
                                        Arrays.stream(line.substring(start.length()).split(",")))
                                .filter(value -> !value.isEmpty())
                                .map(Integer::valueOf)
                                .toList();
                steps.add(new Read(kind.list(key), list));
            }
            return true;
        }

        /** False when it was refused, so that no order has to have it, or may have been. */
        private boolean succeeds(List<String> lines) {
            String last = lines.isEmpty() ? "" : lines.getLast();
            assertThat(last).matches("(?!ERROR).*|ERROR (40001|53100|08007) .*");
            outcomeUnknown = last.startsWith("ERROR 08007");
            return !last.startsWith("ERROR");
        }
    }
}
