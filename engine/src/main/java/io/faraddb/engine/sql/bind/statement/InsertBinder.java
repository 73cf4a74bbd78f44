package io.faraddb.engine.sql.bind.statement;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.BoundStatement;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.BindContext;
import io.faraddb.engine.sql.bind.expression.Clause;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Outputs;
import io.faraddb.engine.sql.bind.expression.Scope;
import io.faraddb.engine.sql.bind.query.QueryBinder;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/** Binds INSERT and UPSERT: whatever the source, its rows have all of the table's columns. */
final class InsertBinder {

    private final BindContext context;
    private final QueryBinder queries;

    InsertBinder(BindContext context, QueryBinder queries) {
        this.context = context;
        this.queries = queries;
    }

    BoundStatement.Insert bind(DataChange.Insert insert) {
        TargetTable target = TargetTable.find(context, queries, insert.table());
        if (insert.overriding() != DataChange.Overriding.NONE) {
            throw SqlException.unsupported("OVERRIDING").at(insert.position());
        }
        List<Integer> columns = columns(insert, target);
        Relation source = source(insert, target, columns);
        return new BoundStatement.Insert(
                target.definition(),
                source,
                new ConflictBinder(queries, target).bind(insert, columns),
                target.checks(),
                target.returning(
                        insert.returning(),
                        new Level(null, target.scope(insert.alias(), 0)),
                        insert.with()),
                List.of());
    }

    /** Places of the columns that the source gives. */
    private static List<Integer> columns(DataChange.Insert insert, TargetTable target) {
        List<Integer> columns = new ArrayList<>();
        if (insert.columns().isEmpty()) {
            for (int index : target.definition().visibleColumns()) {
                columns.add(index);
            }
            return columns;
        }
        for (DataChange.ColumnTarget column : insert.columns()) {
            int index = target.columnIndex(column);
            if (columns.contains(index)) {
                throw new SqlException(
                                ErrorCode.DUPLICATE_COLUMN,
                                "column \"" + column.name() + "\" specified more than once")
                        .at(column.position());
            }
            columns.add(index);
        }
        return columns;
    }

    private Relation source(DataChange.Insert insert, TargetTable target, List<Integer> columns) {
        Query source = insert.source();
        if (source == null) {
            return new Relation.Values(
                    List.of(wholeRow(target, List.of(), List.of())), target.fields());
        }
        if (source.isBodyOnly() && source.body() instanceof Query.Values values) {
            return values(insert, values, target, columns);
        }
        return query(insert, source, target, columns);
    }

    /** A row of all columns, with defaults where no value is given. */
    private static List<Scalar> wholeRow(
            TargetTable target, List<Integer> columns, List<Scalar> values) {
        List<Scalar> row = new ArrayList<>();
        for (int index = 0; index < target.width(); index++) {
            int given = columns.indexOf(index);
            row.add(
                    given >= 0 && given < values.size()
                            ? values.get(given)
                            : target.defaultValue(index));
        }
        return row;
    }

    private static void checkCount(
            DataChange.Insert insert, int columns, int values, int position) {
        if (values > columns) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "INSERT has more expressions than target columns")
                    .at(position);
        }
        if (values < columns && !insert.columns().isEmpty()) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "INSERT has more target columns than expressions")
                    .at(insert.columns().get(values).position());
        }
    }

    private Relation values(
            DataChange.Insert insert,
            Query.Values values,
            TargetTable target,
            List<Integer> columns) {
        ExpressionBinder binder =
                queries.expressions(new Level(null, Scope.EMPTY), Clause.VALUES, insert.with());
        List<List<Scalar>> rows = new ArrayList<>();
        int width = values.rows().getFirst().size();
        for (List<Expression> row : values.rows()) {
            if (row.size() != width) {
                throw new SqlException(
                                ErrorCode.SYNTAX_ERROR, "VALUES lists must all be the same length")
                        .at(row.getFirst().position());
            }
            int surplus = Math.min(columns.size(), row.size() - 1);
            checkCount(insert, columns.size(), row.size(), row.get(surplus).position());
            List<Scalar> given = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                given.add(value(row.get(i), target, columns.get(i), binder));
            }
            rows.add(wholeRow(target, columns, given));
        }
        return new Relation.Values(rows, target.fields());
    }

    private static Scalar value(
            Expression expression, TargetTable target, int column, ExpressionBinder binder) {
        return expression instanceof Expression.DefaultValue
                ? target.defaultValue(column)
                : target.assigned(column, binder.bind(expression), expression.position());
    }

    private Relation query(
            DataChange.Insert insert, Query source, TargetTable target, List<Integer> columns) {
        Relation relation = queries.bindTop(source, insert.with());
        checkCount(insert, columns.size(), relation.fields().size(), source.position());
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < relation.fields().size(); i++) {
            SqlType type = relation.fields().get(i).type();
            boolean unknown = type.kind() == TypeKind.UNKNOWN;
            types.add(unknown ? target.column(columns.get(i)).type().unmodified() : type);
        }
        Relation typed = Outputs.coerced(relation, types, queries.coercions());
        List<Scalar> given = new ArrayList<>();
        for (int i = 0; i < typed.fields().size(); i++) {
            Field field = typed.fields().get(i);
            Scalar column = new Scalar.Column(i, field.type(), field.name());
            given.add(target.assigned(columns.get(i), column, source.position()));
        }
        return new Relation.Project(typed, wholeRow(target, columns, given), target.fields());
    }
}
