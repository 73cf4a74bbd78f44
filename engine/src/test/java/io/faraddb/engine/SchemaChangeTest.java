package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogChange;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.time.SystemTime;
import io.faraddb.engine.txn.OptimisticTransaction;
import io.faraddb.engine.txn.Transactions;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions that the schema overtakes, or that are ahead of it. */
class SchemaChangeTest {

    private final TestDatabase database = new TestDatabase(2);

    @BeforeEach
    void createTable() {
        try (TestSession session = database.session()) {
            session.run("CREATE TABLE t (id int PRIMARY KEY, v int)");
            session.run("INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)");
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Transactions transactionsOf(Catalog catalog) {
        return new Transactions(database.engine().partitions(), () -> catalog, SystemTime.INSTANCE);
    }

    private static void refusesToRead(OptimisticTransaction transaction) {
        assertThatThrownBy(transaction::touchAll)
                .hasMessageContaining("the schema has changed since the transaction began");
    }

    @Test
    void readsNothingOfALaterSchema() {
        Catalog before = database.engine().catalog();
        try (TestSession session = database.session()) {
            session.run("CREATE INDEX t_v ON t (v)");
        }
        refusesToRead(transactionsOf(before).begin());
        transactionsOf(database.engine().catalog()).begin().touchAll();
    }

    @Test
    void readsNothingOfAnEarlierSchema() {
        Catalog now = database.engine().catalog();
        TableDef table = Objects.requireNonNull(now.table("t"));
        Catalog next = now.apply(new CatalogChange.PutTable(table));
        refusesToRead(transactionsOf(next).begin());
    }

    @Test
    void blockThatTheSchemaOvertakesIsTold() {
        try (TestSession session = database.session();
                TestSession other = database.session()) {
            session.run("BEGIN");
            other.run("CREATE INDEX t_v ON t (v)");
            assertThat(session.run("SELECT v FROM t WHERE v > 10 ORDER BY v"))
                    .containsExactly(
                            "ERROR 40001 the schema has changed since the transaction began");
        }
    }
}
