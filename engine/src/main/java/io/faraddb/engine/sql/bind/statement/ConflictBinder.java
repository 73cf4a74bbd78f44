package io.faraddb.engine.sql.bind.statement;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.BoundStatement;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.Clause;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Scope;
import io.faraddb.engine.sql.bind.query.QueryBinder;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds ON CONFLICT, and what UPSERT does to a row that is there. */
final class ConflictBinder {

    private static final String EXCLUDED = "excluded";

    private final QueryBinder queries;
    private final TargetTable target;
    private final TableDef table;

    ConflictBinder(QueryBinder queries, TargetTable target) {
        this.queries = queries;
        this.target = target;
        this.table = target.definition();
    }

    /**
     * @param columns places of the columns that the statement gives values
     */
    BoundStatement.@Nullable OnConflict bind(DataChange.Insert insert, List<Integer> columns) {
        if (insert.upsert()) {
            return upsert(insert, columns);
        }
        DataChange.OnConflict written = insert.onConflict();
        if (written == null) {
            return null;
        }
        if (written.targetWhere() != null) {
            throw SqlException.unsupported("ON CONFLICT with a WHERE for a partial index")
                    .at(written.position());
        }
        boolean anyIndex = written.target().isEmpty() && written.constraint() == null;
        if (anyIndex && !written.doNothing()) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "ON CONFLICT DO UPDATE requires inference specification or"
                                    + " constraint name")
                    .hint("For example, ON CONFLICT (column_name).")
                    .at(written.position());
        }
        IndexDef index = anyIndex ? null : index(written);
        if (written.doNothing()) {
            return new BoundStatement.OnConflict(index, anyIndex, false, List.of(), null);
        }
        return update(insert, written, index);
    }

    // UPSERT -----------------------------------------------------------------------------------

    private BoundStatement.OnConflict upsert(DataChange.Insert insert, List<Integer> columns) {
        if (table.primaryKey().isEmpty()) {
            throw new SqlException(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            "UPSERT needs a primary key, which \"" + table.name() + "\" has not")
                    .at(insert.position());
        }
        if (insert.onConflict() != null) {
            throw new SqlException(ErrorCode.SYNTAX_ERROR, "UPSERT takes no ON CONFLICT")
                    .at(insert.position());
        }
        if (columns.size() == table.visibleColumns().length) {
            return new BoundStatement.OnConflict(null, false, true, List.of(), null);
        }
        // Columns that are not listed keep what they have.
        List<BoundStatement.Assignment> assignments = new ArrayList<>();
        for (int column : columns) {
            if (!table.primaryKey().contains(column)) {
                Scalar excluded =
                        new Scalar.Column(
                                target.width() + column,
                                target.column(column).type(),
                                target.column(column).name());
                assignments.add(new BoundStatement.Assignment(column, excluded));
            }
        }
        return new BoundStatement.OnConflict(null, false, false, assignments, null);
    }

    // Which key --------------------------------------------------------------------------------

    /** The unique index that is meant; null for the primary key. */
    private @Nullable IndexDef index(DataChange.OnConflict written) {
        String constraint = written.constraint();
        if (constraint != null) {
            return constraint(constraint, written.position());
        }
        Set<Integer> wanted = new HashSet<>();
        for (Expression expression : written.target()) {
            if (!(expression instanceof Expression.ColumnReference reference)
                    || reference.names().size() != 1) {
                throw SqlException.unsupported("ON CONFLICT with an expression")
                        .at(expression.position());
            }
            wanted.add(
                    target.columnIndex(
                            new DataChange.ColumnTarget(
                                    reference.names().getFirst(), reference.position())));
        }
        if (!table.primaryKey().isEmpty() && wanted.equals(Set.copyOf(table.primaryKey()))) {
            return null;
        }
        for (IndexDef index : table.indexes()) {
            Set<Integer> columns = new HashSet<>();
            index.columns().forEach(column -> columns.add(column.column()));
            if (index.unique() && columns.equals(wanted)) {
                return index;
            }
        }
        throw new SqlException(
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "there is no unique or exclusion constraint matching the ON CONFLICT"
                                + " specification")
                .at(written.position());
    }

    private @Nullable IndexDef constraint(String name, int position) {
        if (!table.primaryKey().isEmpty() && table.primaryKeyName().equals(name)) {
            return null;
        }
        for (IndexDef index : table.indexes()) {
            if (index.constraint() && index.name().equals(name)) {
                return index;
            }
        }
        throw new SqlException(
                        ErrorCode.UNDEFINED_OBJECT,
                        "constraint \""
                                + name
                                + "\" for table \""
                                + table.name()
                                + "\" does not exist")
                .at(position);
    }

    // DO UPDATE --------------------------------------------------------------------------------

    private BoundStatement.OnConflict update(
            DataChange.Insert insert, DataChange.OnConflict written, @Nullable IndexDef index) {
        Scope old = target.scope(insert.alias(), 0);
        Scope both = old.plus(target.scope(EXCLUDED, target.width()));
        ExpressionBinder binder =
                queries.expressions(new Level(null, both), Clause.ON_CONFLICT, insert.with());
        List<BoundStatement.Assignment> assignments =
                Assignments.bind(written.assignments(), target, binder);
        Expression where = written.where();
        return new BoundStatement.OnConflict(
                index, false, false, assignments, where == null ? null : binder.condition(where));
    }
}
