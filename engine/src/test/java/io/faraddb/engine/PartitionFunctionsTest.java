package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.type.TypeKind;
import org.junit.jupiter.api.Test;

class PartitionFunctionsTest {

    @Test
    void rowOfAPartitionIsReachedFromAnyValueThatFallsOnIt() {
        try (TestDatabase database = new TestDatabase(5);
                TestSession session = database.session()) {
            session.run("CREATE TABLE call (phone bigint PRIMARY KEY)");
            session.run("CREATE TABLE total (part int PRIMARY KEY, calls bigint NOT NULL)");
            session.run(
                    "CREATE PROCEDURE take PARTITION ON TABLE call COLUMN phone AS BEGIN"
                            + " INSERT INTO call VALUES ($1);"
                            + " INSERT INTO total VALUES (partition_key($1), 1)"
                            + " ON CONFLICT (part) DO UPDATE SET calls = total.calls + 1; END");
            for (int phone = 1; phone <= 40; phone++) {
                assertThat(session.run("CALL take(" + phone + ")")).containsExactly("CALL");
            }
            assertThat(session.run("SELECT count(*), sum(calls) FROM total"))
                    .containsExactly("5|40");
            assertThat(
                            session.run(
                                    "SELECT count(*) FROM total t WHERE calls <> (SELECT count(*)"
                                            + " FROM call WHERE partition_key(phone) = t.part)"))
                    .containsExactly("0");
        }
    }

    @Test
    void statementWithTheKeyOfAValueTouchesOnePartition() {
        try (TestDatabase database = new TestDatabase(3);
                TestSession session = database.session()) {
            session.run("CREATE TABLE total (part int PRIMARY KEY, n bigint)");
            int partition = new TokenRing(3).partitionOf(TypeKind.BIGINT, 17L);
            assertThat(
                            session.run(
                                    "EXPLAIN UPDATE total SET n = 1 WHERE part ="
                                            + " partition_key(17::bigint)"))
                    .contains("Partitions: " + partition);
        }
    }

    @Test
    void valuesThatNoTableIsPartitionedByAreRefused() {
        try (TestDatabase database = new TestDatabase(3);
                TestSession session = database.session()) {
            assertThat(session.run("SELECT partition_key(interval '1 day')").getFirst())
                    .startsWith("ERROR 42809 no table is partitioned by values of type interval");
            assertThat(session.run("SELECT partition_key(array[1])").getFirst())
                    .startsWith("ERROR 42809");
            assertThat(session.run("SELECT partition_key($1)").getFirst()).startsWith("ERROR");
        }
    }
}
