package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.storage.KeyRange;
import io.faraddb.engine.storage.PartitionView;
import io.faraddb.engine.storage.ScanCursor;
import io.faraddb.engine.time.SystemTime;
import io.faraddb.engine.txn.OptimisticTransaction;
import io.faraddb.engine.txn.Transactions;
import io.faraddb.engine.type.KeyWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Write skew: each of two transactions reads both rows and writes the other one. */
class ValidationTest {

    private final TestDatabase database = new TestDatabase(1);
    private final Transactions transactions =
            new Transactions(
                    database.engine().partitions(),
                    database.engine()::catalog,
                    SystemTime.INSTANCE);

    @BeforeEach
    void twoOnCall() {
        try (TestSession session = database.session()) {
            session.run("CREATE TABLE doctor (id bigint PRIMARY KEY, oncall boolean)");
            session.run("INSERT INTO doctor VALUES (1, true), (2, true)");
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private TableDef table() {
        return Invariant.notNull(database.engine().catalog().table("doctor"), "it was created");
    }

    private int onCall(OptimisticTransaction transaction) {
        transaction.touchAll();
        ScanCursor rows = transaction.view(0).scan(table(), null, KeyRange.ALL, false);
        int count = 0;
        while (rows.next()) {
            Object onCall = table().layout().column(rows.row().bytes(), rows.row().offset(), 1);
            count += Boolean.TRUE.equals(onCall) ? 1 : 0;
        }
        return count;
    }

    private void leave(OptimisticTransaction transaction, long id) {
        Object[] row = {id, false};
        PartitionView view = transaction.view(0);
        view.put(table(), table().primaryKeyOf(row, new KeyWriter()), table().layout().encode(row));
    }

    private void bothLeaveIfTwoAreThere(boolean validate) {
        OptimisticTransaction one = transactions.begin();
        OptimisticTransaction other = transactions.begin();
        if (!validate) {
            one.withoutValidation();
            other.withoutValidation();
        }
        assertThat(onCall(one)).isEqualTo(2);
        assertThat(onCall(other)).isEqualTo(2);
        leave(one, 1);
        leave(other, 2);
        transactions.commit(one);
        transactions.commit(other);
    }

    @Test
    void validationLetsOneOfThemFail() {
        assertThatThrownBy(() -> bothLeaveIfTwoAreThere(true))
                .hasMessageContaining("could not serialize access");
        assertThat(onCall(transactions.begin())).isEqualTo(1);
    }

    @Test
    void withoutValidationNobodyIsLeft() {
        bothLeaveIfTwoAreThere(false);
        assertThat(onCall(transactions.begin())).isZero();
    }
}
