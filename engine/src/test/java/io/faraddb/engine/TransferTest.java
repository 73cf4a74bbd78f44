package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Money moves between accounts of several partitions; none appears or is lost, at any moment. */
class TransferTest {

    private static final int ACCOUNTS = 12;
    private static final int TRANSFERS = 300;
    private static final long TOTAL = ACCOUNTS * 1000L;

    @Test
    void theSumIsTheSameInEveryReadWhateverKindOfTransactionMoves() throws Exception {
        try (TestDatabase database = new TestDatabase(3);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            try (TestSession session = database.session()) {
                session.run("CREATE TABLE account (id int PRIMARY KEY, balance bigint)");
                session.run(
                        "INSERT INTO account SELECT g, 1000 FROM generate_series(1, %d) g"
                                .formatted(ACCOUNTS));
            }
            AtomicBoolean done = new AtomicBoolean();
            List<Future<Integer>> movers = new ArrayList<>();
            movers.add(threads.submit(() -> interactive(database, 1)));
            movers.add(threads.submit(() -> interactive(database, 2)));
            movers.add(threads.submit(() -> statements(database, 3)));
            Future<Integer> reader = threads.submit(reader(database, done));
            for (Future<Integer> mover : movers) {
                assertThat(mover.get()).isPositive();
            }
            done.set(true);
            assertThat(reader.get()).isPositive();
            database.restart();
            try (TestSession session = database.session()) {
                assertThat(session.run("SELECT sum(balance), count(*) FROM account"))
                        .containsExactly(TOTAL + "|" + ACCOUNTS);
            }
        }
    }

    private static int interactive(TestDatabase database, int seed) {
        Random random = new Random(seed);
        int committed = 0;
        try (TestSession session = database.session()) {
            for (int i = 0; i < TRANSFERS; i++) {
                int from = 1 + random.nextInt(ACCOUNTS);
                int to = 1 + random.nextInt(ACCOUNTS);
                session.run("BEGIN");
                String balance =
                        session.run("SELECT balance FROM account WHERE id = " + from).getFirst();
                session.run(
                        "UPDATE account SET balance = balance - 1 WHERE id = %d".formatted(from));
                session.run("UPDATE account SET balance = balance + 1 WHERE id = %d".formatted(to));
                String outcome = session.run("COMMIT").getFirst();
                assertThat(balance + outcome)
                        .matches("(-?\\d+COMMIT)|(.*ROLLBACK)|(.*ERROR 40001.*)");
                committed += outcome.equals("COMMIT") ? 1 : 0;
            }
        }
        return committed;
    }

    /** One statement over several partitions never meets a conflict. */
    private static int statements(TestDatabase database, int seed) {
        Random random = new Random(seed);
        try (TestSession session = database.session()) {
            for (int i = 0; i < TRANSFERS; i++) {
                int from = 1 + random.nextInt(ACCOUNTS);
                int to = 1 + from % ACCOUNTS;
                assertThat(
                                session.run(
                                        ("UPDATE account SET balance = CASE id WHEN %d"
                                                        + " THEN balance - 1 ELSE balance + 1 END"
                                                        + " WHERE id IN (%d, %d)")
                                                .formatted(from, from, to)))
                        .containsExactly("UPDATE 2");
            }
        }
        return TRANSFERS;
    }

    private static Callable<Integer> reader(TestDatabase database, AtomicBoolean done) {
        return () -> {
            int reads = 0;
            try (TestSession session = database.session()) {
                while (!done.get()) {
                    assertThat(session.run("SELECT sum(balance) FROM account"))
                            .containsExactly(Long.toString(TOTAL));
                    reads++;
                }
            }
            return reads;
        };
    }
}
