package io.faraddb.engine.sql.bind.statement;

import io.faraddb.engine.catalog.CheckDef;
import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.BoundStatement;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.SystemTable;
import io.faraddb.engine.sql.bind.expression.BindContext;
import io.faraddb.engine.sql.bind.expression.Clause;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Scope;
import io.faraddb.engine.sql.bind.query.QueryBinder;
import io.faraddb.engine.sql.bind.query.SelectList;
import io.faraddb.engine.sql.parse.SqlParser;
import io.faraddb.engine.sql.parse.ast.DataChange.ColumnTarget;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table that a statement writes, with what goes with its rows: defaults, checks, names. */
final class TargetTable {

    private final QueryBinder queries;
    private final TableDef table;

    TargetTable(QueryBinder queries, TableDef table) {
        this.queries = queries;
        this.table = table;
    }

    static TargetTable find(BindContext context, QueryBinder queries, QualifiedName name) {
        String schema = name.schema();
        if (schema == null || !schema.equals("public")) {
            SystemTable system =
                    context.systemTables()
                            .find(schema == null ? "pg_catalog" : schema, name.name());
            if (system != null) {
                throw new SqlException(
                                ErrorCode.INSUFFICIENT_PRIVILEGE,
                                "permission denied: \"" + name.name() + "\" is a system catalog")
                        .at(name.position());
            }
        }
        TableDef table =
                schema == null || schema.equals("public")
                        ? context.catalog().table(name.name())
                        : null;
        if (table == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist")
                    .at(name.position());
        }
        return new TargetTable(queries, table);
    }

    TableDef definition() {
        return table;
    }

    /** Columns of a whole row, dropped ones too. */
    int width() {
        return table.columns().size();
    }

    ColumnDef column(int index) {
        return table.columns().get(index);
    }

    /** The place of a column that is written. */
    int columnIndex(ColumnTarget target) {
        int index = table.columnIndex(target.name());
        if (index < 0) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column \""
                                    + target.name()
                                    + "\" of relation \""
                                    + table.name()
                                    + "\" does not exist")
                    .at(target.position());
        }
        return index;
    }

    // Names ------------------------------------------------------------------------------------

    /** The table's columns over a whole row, which so many others precede. */
    Scope scope(@Nullable String alias, int offset) {
        List<Scope.Column> columns = new ArrayList<>();
        for (int index : table.visibleColumns()) {
            ColumnDef column = column(index);
            columns.add(
                    new Scope.Column(
                            column.name(),
                            new Scalar.Column(offset + index, column.type(), column.name()),
                            table.oid(),
                            index + 1,
                            null));
        }
        Scope.Table named =
                alias == null
                        ? new Scope.Table("public", table.name(), null, columns)
                        : new Scope.Table(null, alias, table.name(), columns);
        return new Scope(List.of(named), columns);
    }

    /** All columns of a whole row as a source gives them. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (ColumnDef column : table.columns()) {
            fields.add(Field.computed(column.name(), column.type()));
        }
        return fields;
    }

    // Values -----------------------------------------------------------------------------------

    /** The value of a column that is not given one. */
    Scalar defaultValue(int index) {
        ColumnDef column = column(index);
        String text = column.defaultText();
        if (text == null || column.dropped()) {
            return new Scalar.Literal(null, column.type());
        }
        ExpressionBinder binder =
                queries.expressions(new Level(null, Scope.EMPTY), Clause.DEFAULT, null);
        Scalar value = binder.bind(SqlParser.parseExpression(text));
        return assigned(index, value, 0);
    }

    /** A value as one of a column's type. */
    Scalar assigned(int index, Scalar value, int position) {
        ColumnDef column = column(index);
        String what = "column \"" + column.name() + "\"";
        return Assignments.assigned(queries.coercions(), value, column.type(), what, position);
    }

    // Checks and RETURNING ---------------------------------------------------------------------

    List<BoundStatement.Check> checks() {
        List<BoundStatement.Check> checks = new ArrayList<>();
        Level level = new Level(null, scope(null, 0));
        for (CheckDef check : table.checks()) {
            ExpressionBinder binder = queries.expressions(level, Clause.CHECK, null);
            Scalar condition = binder.condition(SqlParser.parseExpression(check.text()));
            checks.add(new BoundStatement.Check(check.name(), condition));
        }
        return checks;
    }

    /**
     * RETURNING over the row that was written, and those of FROM beside it; null without it.
     *
     * @param level where the statement's names are
     */
    BoundStatement.@Nullable Returning returning(
            List<Query.SelectItem> items, Level level, Query.@Nullable With with) {
        if (items.isEmpty()) {
            return null;
        }
        ExpressionBinder binder = queries.expressions(level, Clause.RETURNING, with);
        SelectList list = SelectList.bind(items, binder);
        list.settleTypes(queries.coercions());
        return new BoundStatement.Returning(list.expressions(), list.fields());
    }
}
