package io.faraddb.engine.sql.bind.statement;

import io.faraddb.engine.sql.bind.BoundStatement;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.BindContext;
import io.faraddb.engine.sql.bind.expression.Clause;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Scope;
import io.faraddb.engine.sql.bind.query.FromItem;
import io.faraddb.engine.sql.bind.query.QueryBinder;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds UPDATE and DELETE over the table's row and those of FROM or USING beside it. */
final class UpdateBinder {

    private final BindContext context;
    private final QueryBinder queries;

    UpdateBinder(BindContext context, QueryBinder queries) {
        this.context = context;
        this.queries = queries;
    }

    BoundStatement.Update bind(DataChange.Update update) {
        TargetTable target = TargetTable.find(context, queries, update.table());
        FromItem from = queries.fromItems(update.from(), update.with());
        Level level = level(target, update.alias(), from);
        ExpressionBinder values = queries.expressions(level, Clause.UPDATE, update.with());
        List<BoundStatement.Assignment> assignments =
                Assignments.bind(update.assignments(), target, values);
        return new BoundStatement.Update(
                target.definition(),
                relation(from),
                where(update.where(), level, update.with()),
                assignments,
                target.checks(),
                target.returning(update.returning(), level, update.with()),
                List.of());
    }

    BoundStatement.Delete bind(DataChange.Delete delete) {
        TargetTable target = TargetTable.find(context, queries, delete.table());
        FromItem from = queries.fromItems(delete.using(), delete.with());
        Level level = level(target, delete.alias(), from);
        return new BoundStatement.Delete(
                target.definition(),
                relation(from),
                where(delete.where(), level, delete.with()),
                target.returning(delete.returning(), level, delete.with()),
                List.of());
    }

    private static @Nullable Relation relation(@Nullable FromItem from) {
        return from == null ? null : from.relation();
    }

    private static Level level(
            TargetTable target, @Nullable String alias, @Nullable FromItem from) {
        Scope own = target.scope(alias, 0);
        return new Level(null, from == null ? own : own.plus(from.scope().shifted(target.width())));
    }

    private @Nullable Scalar where(
            @Nullable Expression where, Level level, Query.@Nullable With with) {
        return where == null
                ? null
                : queries.expressions(level, Clause.WHERE, with).condition(where);
    }
}
