package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of a row by itself: NOT NULL and CHECK. */
public final class RowCheck {

    private final TableDef table;
    private final List<Check> checks;

    /** A CHECK: false fails, null passes. */
    public record Check(String name, Evaluator condition) {}

    public RowCheck(TableDef table, List<Check> checks) {
        this.table = table;
        this.checks = List.copyOf(checks);
    }

    /**
     * @param frame for the conditions; its row becomes values
     * @throws SqlException 23502 or 23514
     */
    void check(@Nullable Object[] values, Frame frame) {
        checkNotNull(table, values);
        if (checks.isEmpty()) {
            return;
        }
        frame.with(values);
        for (Check check : checks) {
            if (Boolean.FALSE.equals(check.condition().value(frame))) {
                throw violated(check, values);
            }
        }
    }

    /** NOT NULL alone. */
    static void checkNotNull(TableDef table, @Nullable Object[] values) {
        ColumnDef column = table.nullWhereNoneMayBe(values);
        if (column != null) {
            throw nullIn(table, column, values);
        }
    }

    private static SqlException nullIn(
            TableDef table, ColumnDef column, @Nullable Object[] values) {
        return new SqlException(
                        ErrorCode.NOT_NULL_VIOLATION,
                        ("null value in column \"%s\" of relation \"%s\""
                                        + " violates not-null constraint")
                                .formatted(column.name(), table.name()))
                .detail(ValueText.failingRow(table, values))
                .about(new SqlException.ObjectNames("public", table.name(), column.name(), null));
    }

    private SqlException violated(Check check, @Nullable Object[] values) {
        return new SqlException(
                        ErrorCode.CHECK_VIOLATION,
                        "new row for relation \"%s\" violates check constraint \"%s\""
                                .formatted(table.name(), check.name()))
                .detail(ValueText.failingRow(table, values))
                .about(new SqlException.ObjectNames("public", table.name(), null, check.name()));
    }
}
