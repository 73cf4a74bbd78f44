package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.catalog.TableDef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unique keys without the partitioning column, over four partitions. */
class GlobalIndexTest {

    private static final String DUPLICATE =
            "ERROR 23505 duplicate key value violates unique constraint \"person_email_key\"";

    private final TestDatabase database = new TestDatabase(4);
    private final TestSession session = database.session();

    @AfterEach
    void close() {
        session.close();
        database.close();
    }

    private List<String> run(String sql) {
        return session.run(sql);
    }

    private void person() {
        run("CREATE TABLE person (id int PRIMARY KEY, email text UNIQUE, name text)");
        assertThat(
                        run(
                                "INSERT INTO person SELECT g, 'p' || g, 'n' || g"
                                        + " FROM generate_series(1, 20) g"))
                .containsExactly("INSERT 0 20");
    }

    @Test
    void creationSaysWhatItCosts() {
        run("CREATE TABLE person (id int PRIMARY KEY, email text UNIQUE)");
        assertThat(session.notices())
                .containsExactly(
                        "unique key \"person_email_key\" does not contain the partitioning column:"
                                + " a global index keeps it, and writes of the key span"
                                + " partitions");
    }

    @Test
    void explainNamesTheIndexAndItsPartitions() {
        person();
        assertThat(run("EXPLAIN INSERT INTO person VALUES (100, 'x', 'y')"))
                .contains("Global index: person_email_key")
                .last()
                .asString()
                .matches("Partitions: \\d, \\d");
        assertThat(run("EXPLAIN DELETE FROM person WHERE id = 1"))
                .endsWith("Global index: person_email_key", "Partitions: 0, 1, 2, 3");
        assertThat(run("EXPLAIN UPDATE person SET name = 'x' WHERE id = 1"))
                .noneMatch(line -> line.startsWith("Global index"))
                .last()
                .asString()
                .matches("Partitions: \\d");
    }

    @Test
    void equalKeysAreRefusedWhereverTheyLie() {
        person();
        for (int i = 21; i < 41; i++) {
            assertThat(run("INSERT INTO person VALUES (%d, 'p7', '')".formatted(i)))
                    .containsExactly(DUPLICATE);
        }
        assertThat(run("SELECT count(*) FROM person")).containsExactly("20");
        assertThat(run("INSERT INTO person VALUES (21, 'p21', ''), (22, 'p21', '')"))
                .containsExactly(DUPLICATE);
        assertThat(run("UPDATE person SET email = 'p8' WHERE id = 7")).containsExactly(DUPLICATE);
        assertThat(run("UPDATE person SET id = id + 100")).containsExactly("UPDATE 20");
        assertThat(run("INSERT INTO person VALUES (1, 'p1', '')")).containsExactly(DUPLICATE);
    }

    @Test
    void nullsAreLikeNoOther() {
        person();
        assertThat(run("INSERT INTO person VALUES (21, null, ''), (22, null, '')"))
                .containsExactly("INSERT 0 2");
        assertThat(run("UPDATE person SET email = null WHERE id IN (1, 2)"))
                .containsExactly("UPDATE 2");
        assertThat(run("INSERT INTO person VALUES (23, 'p1', '')")).containsExactly("INSERT 0 1");
    }

    @Test
    void aKeyIsFreeWhenItsRowIsGone() {
        person();
        assertThat(run("DELETE FROM person WHERE id = 3")).containsExactly("DELETE 1");
        assertThat(run("INSERT INTO person VALUES (30, 'p3', '')")).containsExactly("INSERT 0 1");
        assertThat(run("UPDATE person SET email = 'q4' WHERE id = 4")).containsExactly("UPDATE 1");
        assertThat(run("INSERT INTO person VALUES (31, 'p4', '')")).containsExactly("INSERT 0 1");
        run("TRUNCATE person");
        assertThat(run("INSERT INTO person VALUES (1, 'p30', '')")).containsExactly("INSERT 0 1");
    }

    @Test
    void aConflictIsFoundInAnotherPartition() {
        person();
        for (int i = 1; i <= 20; i++) {
            String upsert =
                    "INSERT INTO person VALUES (%d, 'p%d', 'new') ON CONFLICT (email)"
                            + " DO UPDATE SET name = excluded.name RETURNING id";
            assertThat(run(upsert.formatted(100 + i, i))).containsExactly(String.valueOf(i));
        }
        assertThat(run("SELECT count(*), count(DISTINCT name) FROM person"))
                .containsExactly("20|1");
        assertThat(run("INSERT INTO person VALUES (99, 'p9', '') ON CONFLICT DO NOTHING"))
                .containsExactly("INSERT 0 0");
        assertThat(run("UPSERT INTO person VALUES (9, 'r9', '')")).containsExactly("INSERT 0 1");
        assertThat(run("INSERT INTO person VALUES (99, 'p9', '')")).containsExactly("INSERT 0 1");
        assertThat(run("UPSERT INTO person VALUES (8, 'r9', '')")).containsExactly(DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE person ADD CONSTRAINT person_email_key UNIQUE (email)",
                "CREATE UNIQUE INDEX person_email_key ON person (email DESC)"
            })
    void rowsThatAreThereAreChecked(String statement) {
        run("CREATE TABLE person (id int PRIMARY KEY, email text)");
        run("INSERT INTO person SELECT g, 'p' || g % 19 FROM generate_series(1, 20) g");
        assertThat(run(statement))
                .containsExactly("ERROR 23505 could not create unique index \"person_email_key\"");
        assertThat(run("DELETE FROM person WHERE id = 20")).containsExactly("DELETE 1");
        assertThat(run(statement)).noneMatch(line -> line.startsWith("ERROR"));
        assertThat(run("INSERT INTO person VALUES (20, 'p7')")).containsExactly(DUPLICATE);
        database.restart();
        try (TestSession again = database.session()) {
            assertThat(again.run("INSERT INTO person VALUES (20, 'p7')"))
                    .containsExactly(DUPLICATE);
            assertThat(again.run("DELETE FROM person WHERE email = 'p7'"))
                    .containsExactly("DELETE 1");
            assertThat(again.run("INSERT INTO person VALUES (20, 'p7')"))
                    .containsExactly("INSERT 0 1");
        }
    }

    @Test
    void aCrashWhileItIsMadeLeavesNothing() {
        run("CREATE TABLE person (id int PRIMARY KEY, email text)");
        run("INSERT INTO person SELECT g, 'p' || g FROM generate_series(1, 20) g");
        run("ALTER TABLE person ADD UNIQUE (email)");
        database.restartWithoutLastSchemaChange();
        assertThat(database.engine().catalog().tables())
                .extracting(TableDef::name)
                .containsExactly("person");
        try (TestSession again = database.session()) {
            assertThat(again.run("INSERT INTO person VALUES (21, 'p7')"))
                    .containsExactly("INSERT 0 1");
            assertThat(again.run("ALTER TABLE person ADD UNIQUE (email)"))
                    .first()
                    .asString()
                    .contains("23505");
            again.run("DELETE FROM person WHERE id IN (5, 21)");
            again.run("ALTER TABLE person ADD UNIQUE (email)");
            assertThat(again.run("INSERT INTO person VALUES (21, 'p7')"))
                    .containsExactly(DUPLICATE);
        }
        database.restart();
        try (TestSession again = database.session()) {
            assertThat(again.run("INSERT INTO person VALUES (21, 'p5')"))
                    .containsExactly("INSERT 0 1");
        }
    }

    @Test
    void anIndexThatGoesTakesItsEntriesAlong() {
        person();
        run("ALTER TABLE person DROP CONSTRAINT person_email_key");
        assertThat(run("INSERT INTO person VALUES (21, 'p7', '')")).containsExactly("INSERT 0 1");
        assertThat(run("ALTER TABLE person ADD UNIQUE (email)"))
                .containsExactly("ERROR 23505 could not create unique index \"person_email_key\"");
    }

    @Test
    void aKeyStaysUniqueWhenTheTableIsPartitionedByAnotherColumn() {
        run("CREATE TABLE place (a int, b int, c int, PRIMARY KEY (a, b), UNIQUE (a, c))");
        run("INSERT INTO place SELECT g, g, g FROM generate_series(1, 20) g");
        assertThat(run("PARTITION TABLE place ON COLUMN b")).containsExactly("PARTITION TABLE");
        assertThat(run("INSERT INTO place VALUES (5, 6, 5)"))
                .containsExactly(
                        "ERROR 23505 duplicate key value violates unique constraint"
                                + " \"place_a_c_key\"");
        assertThat(run("PARTITION TABLE place ON COLUMN a")).containsExactly("PARTITION TABLE");
        assertThat(run("INSERT INTO place VALUES (5, 6, 5)")).first().asString().contains("23505");
        assertThat(run("INSERT INTO place VALUES (5, 6, 7)")).containsExactly("INSERT 0 1");
    }

    @Test
    void aTableWithoutAPrimaryKeyMayHaveOne() {
        run("CREATE TABLE note (code text UNIQUE, text text)");
        run("INSERT INTO note SELECT 'c' || g, 't' FROM generate_series(1, 20) g");
        assertThat(run("INSERT INTO note VALUES ('c4', '')")).first().asString().contains("23505");
        assertThat(run("UPDATE note SET code = 'd' || code")).containsExactly("UPDATE 20");
        assertThat(run("INSERT INTO note VALUES ('c4', '')")).containsExactly("INSERT 0 1");
        assertThat(run("DELETE FROM note WHERE code = 'dc4'")).containsExactly("DELETE 1");
        assertThat(run("INSERT INTO note VALUES ('dc4', '')")).containsExactly("INSERT 0 1");
    }

    @Test
    void aProcedureOfOnePartitionCannotWriteIt() {
        person();
        assertThat(
                        run(
                                "CREATE PROCEDURE add PARTITION ON TABLE person COLUMN id AS"
                                        + " INSERT INTO person VALUES ($1, $2, '')"))
                .containsExactly(
                        "ERROR 0A000 a single-partition procedure cannot write global index"
                                + " \"person_email_key\"");
        run("CREATE PROCEDURE add AS INSERT INTO person VALUES ($1, $2, '')");
        assertThat(run("CALL add(50, 'p3')")).first().asString().contains("23505");
        assertThat(run("CALL add(50, 'p50')")).noneMatch(line -> line.startsWith("ERROR"));
        run(
                "CREATE PROCEDURE rename PARTITION ON TABLE person COLUMN id AS"
                        + " UPDATE person SET name = $2 WHERE id = $1");
        assertThat(run("CALL rename(50, 'fifty')")).noneMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void namesOfTablesInTheMakingAreNotForUsers() {
        assertThat(run("CREATE TABLE farad_rebuild_1 (id int)"))
                .containsExactly(
                        "ERROR 42939 names that begin with farad_rebuild_ are FaradDB's own");
    }

    @Test
    void aTransactionBlockKeepsKeysToo() {
        person();
        try (TestSession other = database.session()) {
            run("BEGIN");
            run("INSERT INTO person VALUES (21, 'new', '')");
            other.run("BEGIN");
            assertThat(other.run("INSERT INTO person VALUES (22, 'new', '')"))
                    .containsExactly("INSERT 0 1");
            assertThat(run("COMMIT")).containsExactly("COMMIT");
            assertThat(other.run("COMMIT")).first().asString().startsWith("ERROR 40001");
        }
        assertThat(run("SELECT id FROM person WHERE email = 'new'")).containsExactly("21");
    }

    /** Of all who want a key one gets it, and the others are told; none has to try again. */
    @Test
    void writersAtTheSameTimeDoNotShareAKey() throws Exception {
        run("CREATE TABLE person (id int PRIMARY KEY, email text UNIQUE)");
        int keys = 60;
        int writers = 4;
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int writer = i;
            work.add(() -> {
                int won = 0;
                try (TestSession own = database.session()) {
                    for (int key = 0; key < keys; key++) {
                        List<String> answer =
                                own.run(
                                        "INSERT INTO person VALUES (%d, 'k%d')"
                                                .formatted(writer * keys + key, key));
                        assertThat(answer).isSubsetOf(DUPLICATE, "INSERT 0 1");
                        won += answer.contains(DUPLICATE) ? 0 : 1;
                    }
                }
                return won;
            });
        }
        int won = 0;
        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (Future<Integer> each : threads.invokeAll(work)) {
                won += each.get();
            }
        }
        assertThat(won).isEqualTo(keys);
        assertThat(run("SELECT count(*), count(DISTINCT email) FROM person"))
                .containsExactly(keys + "|" + keys);
    }

    /** What a map with unique values would do. */
    private static final class Model {
        private final Map<Integer, String> emails = new HashMap<>();

        boolean takes(int id, String email) {
            return emails.entrySet().stream()
                    .noneMatch(row -> row.getKey() != id && row.getValue().equals(email));
        }

        List<String> rows() {
            return emails.entrySet().stream()
                    .map(row -> row.getKey() + "|" + row.getValue())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomWritesDoWhatAMapDoes(long seed) {
        Random random = new Random(seed);
        Model model = new Model();
        run("CREATE TABLE person (id int PRIMARY KEY, email text UNIQUE)");
        TestSession own = database.session();
        for (int i = 0; i < 1500; i++) {
            int id = random.nextInt(40);
            String email = "e" + random.nextInt(40);
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    boolean fits = !model.emails.containsKey(id) && model.takes(id, email);
                    assertThat(own.run("INSERT INTO person VALUES (%d, '%s')".formatted(id, email)))
                            .hasSize(1)
                            .allMatch(line -> line.equals("INSERT 0 1") == fits);
                    if (fits) {
                        model.emails.put(id, email);
                    }
                }
                case 3, 4 -> {
                    boolean fits = model.takes(id, email);
                    assertThat(own.run("UPSERT INTO person VALUES (%d, '%s')".formatted(id, email)))
                            .allMatch(line -> line.equals("INSERT 0 1") == fits);
                    if (fits) {
                        model.emails.put(id, email);
                    }
                }
                case 5, 6 -> {
                    boolean fits = !model.emails.containsKey(id) || model.takes(id, email);
                    assertThat(
                                    own.run(
                                            "UPDATE person SET email = '%s' WHERE id = %d"
                                                    .formatted(email, id)))
                            .allMatch(line -> line.startsWith("UPDATE") == fits);
                    if (fits) {
                        model.emails.replace(id, email);
                    }
                }
                case 7, 8 -> {
                    own.run("DELETE FROM person WHERE id = " + id);
                    model.emails.remove(id);
                }
                default -> {
                    if (random.nextInt(20) == 0) {
                        own.close();
                        database.restart();
                        own = database.session();
                    }
                    assertThat(own.run("SELECT * FROM person"))
                            .containsExactlyInAnyOrderElementsOf(model.rows());
                }
            }
        }
        own.close();
    }
}
