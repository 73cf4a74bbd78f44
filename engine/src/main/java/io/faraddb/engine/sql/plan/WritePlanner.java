package io.faraddb.engine.sql.plan;

import io.faraddb.engine.catalog.GlobalIndex;
import io.faraddb.engine.catalog.Partitioning;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.bind.BoundStatement;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.ExpressionCompiler;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.operator.Cached;
import io.faraddb.engine.sql.exec.operator.HashJoin;
import io.faraddb.engine.sql.exec.operator.NestedLoopJoin;
import io.faraddb.engine.sql.exec.operator.Project;
import io.faraddb.engine.sql.exec.write.Delete;
import io.faraddb.engine.sql.exec.write.Insert;
import io.faraddb.engine.sql.exec.write.Returning;
import io.faraddb.engine.sql.exec.write.RowCheck;
import io.faraddb.engine.sql.exec.write.SelfReading;
import io.faraddb.engine.sql.exec.write.Update;
import io.faraddb.engine.sql.exec.write.Write;
import io.faraddb.engine.sql.optimize.Expressions;
import io.faraddb.engine.sql.optimize.ScalarRewriter;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plans INSERT, UPDATE and DELETE. */
final class WritePlanner {

    /** Columns of a located row behind the table's own: the key and the partition. */
    private static final int LOCATOR_WIDTH = 2;

    private final RoutingDraft routing;
    private final QueryPlanner queries;
    private final ExpressionCompiler compiler;

    WritePlanner(RoutingDraft routing, QueryPlanner queries) {
        this.routing = routing;
        this.queries = queries;
        this.compiler = queries.compiler();
    }

    Plan insert(BoundStatement.Insert insert) {
        TableDef table = insert.table();
        route(table, insert.source());
        BoundStatement.OnConflict conflict = insert.conflict();
        if (conflict != null && movesRows(table, conflict.assignments())) {
            routing.everywhere();
        }
        routeGlobalIndexes(table, insert);
        Operator source = queries.query(insert.source());
        boolean sourceReadsSelf = Expressions.reads(insert.source(), table);
        boolean worksOutFirst = sourceReadsSelf && writtenDown(insert.source());
        BoundStatement.Returning returning = insert.returning();
        Insert write =
                new Insert(
                        table,
                        // A few rows: that is simpler than to freeze what the transaction wrote.
                        worksOutFirst ? new Cached(source) : source,
                        check(table, insert.checks()),
                        conflict(conflict),
                        returning(returning));
        boolean readsSelf =
                (sourceReadsSelf && !worksOutFirst)
                        || (conflict != null && readsSelf(table, conflict))
                        || readsSelf(table, returning);
        return new Plan.Modification(
                "INSERT",
                frozen(write, readsSelf),
                routing.finished(),
                fields(returning),
                insert.parameters());
    }

    /** Where the rows go, if the statement writes them down. */
    private void route(TableDef table, Relation source) {
        switch (table.partitioning()) {
            case Partitioning.Replicated replicated -> routing.everywhere();
            case Partitioning.ByRowId byRowId -> routing.anywhere();
            case Partitioning.ByColumn by -> pin(table, by.column(), source);
        }
    }

    /** To the partitions of the values that a column is given. */
    private void pin(TableDef table, int column, Relation source) {
        TypeKind kind = table.columns().get(column).type().kind();
        List<Evaluator> values = written(source, column);
        if (values == null) {
            routing.everywhere();
        } else {
            values.forEach(value -> routing.pin(new Routing.Pin(kind, value)));
        }
    }

    /** A new row's entries are where its keys say; a row that is in its way may be anywhere. */
    private void routeGlobalIndexes(TableDef table, BoundStatement.Insert insert) {
        if (table.globalIndexes().isEmpty()) {
            return;
        }
        BoundStatement.OnConflict conflict = insert.conflict();
        if (conflict != null && (conflict.replace() || !conflict.assignments().isEmpty())) {
            routing.everywhere();
        }
        for (GlobalIndex global : table.globalIndexes()) {
            routing.globalIndex(global.index().name());
            pin(table, global.index().columns().getFirst().column(), insert.source());
        }
    }

    /** The values of a column that VALUES gives; null if they are not known before it runs. */
    private @Nullable List<Evaluator> written(Relation source, int column) {
        if (source instanceof Relation.Values values) {
            List<Evaluator> found = new ArrayList<>();
            for (List<Scalar> row : values.rows()) {
                if (!Expressions.constant(row.get(column))) {
                    return null;
                }
                found.add(compiler.compile(row.get(column)));
            }
            return found;
        }
        if (source instanceof Relation.Project project
                && project.input() instanceof Relation.Values values) {
            Scalar expression = project.expressions().get(column);
            if (!Expressions.movable(expression)) {
                return null;
            }
            List<Evaluator> found = new ArrayList<>();
            for (List<Scalar> row : values.rows()) {
                if (!row.stream().allMatch(Expressions::movable)) {
                    return null;
                }
                Scalar value = ScalarRewriter.substitute(expression, row);
                if (!Expressions.constant(value)) {
                    return null;
                }
                found.add(compiler.compile(value));
            }
            return found;
        }
        return null;
    }

    private Insert.@Nullable Conflict conflict(BoundStatement.@Nullable OnConflict conflict) {
        if (conflict == null) {
            return null;
        }
        Scalar where = conflict.where();
        return new Insert.Conflict(
                conflict.index(),
                conflict.anyIndex(),
                conflict.replace(),
                assignments(conflict.assignments()),
                where == null ? null : compiler.compile(where));
    }

    Plan update(BoundStatement.Update update) {
        TableDef table = update.table();
        Operator source = source(table, update.from(), update.where());
        if (movesRows(table, update.assignments())) {
            routing.everywhere();
        }
        for (GlobalIndex global : table.globalIndexes()) {
            if (changesEntries(table, global, update.assignments())) {
                rewriteEntries(global);
            }
        }
        BoundStatement.Returning returning = update.returning();
        Update write =
                new Update(
                        table,
                        source,
                        assignments(update.assignments()),
                        check(table, update.checks()),
                        returning(returning));
        boolean readsSelf = readsSelf(table, update.assignments()) || readsSelf(table, returning);
        return new Plan.Modification(
                "UPDATE",
                frozen(write, readsSelf),
                routing.finished(),
                fields(returning),
                update.parameters());
    }

    private static boolean movesRows(TableDef table, List<BoundStatement.Assignment> assignments) {
        return table.partitioning() instanceof Partitioning.ByColumn by
                && assignments.stream().anyMatch(a -> a.column() == by.column());
    }

    private static boolean changesEntries(
            TableDef table, GlobalIndex global, List<BoundStatement.Assignment> assignments) {
        return movesRows(table, assignments)
                || assignments.stream()
                        .map(BoundStatement.Assignment::column)
                        .anyMatch(column ->
                                table.primaryKey().contains(column)
                                        || global.index().columns().stream()
                                                .anyMatch(part -> part.column() == column));
    }

    /** Which entries those are, only the rows that are found can tell. */
    private void rewriteEntries(GlobalIndex global) {
        routing.globalIndex(global.index().name());
        routing.everywhere();
    }

    Plan delete(BoundStatement.Delete delete) {
        TableDef table = delete.table();
        table.globalIndexes().forEach(this::rewriteEntries);
        Operator source = source(table, delete.from(), delete.where());
        BoundStatement.Returning returning = delete.returning();
        Delete write = new Delete(table, source, returning(returning));
        return new Plan.Modification(
                "DELETE",
                frozen(write, readsSelf(table, returning)),
                routing.finished(),
                fields(returning),
                delete.parameters());
    }

    private static boolean writtenDown(Relation source) {
        return source instanceof Relation.Values
                || (source instanceof Relation.Project project
                        && project.input() instanceof Relation.Values);
    }

    private static Write frozen(Write write, boolean readsSelf) {
        return readsSelf ? new SelfReading(write) : write;
    }

    private static boolean readsSelf(TableDef table, BoundStatement.OnConflict conflict) {
        Scalar where = conflict.where();
        return readsSelf(table, conflict.assignments())
                || (where != null && Expressions.reads(where, table));
    }

    private static boolean readsSelf(TableDef table, List<BoundStatement.Assignment> assignments) {
        return assignments.stream()
                .anyMatch(assignment -> Expressions.reads(assignment.value(), table));
    }

    private static boolean readsSelf(TableDef table, BoundStatement.@Nullable Returning returning) {
        return returning != null
                && returning.expressions().stream()
                        .anyMatch(expression -> Expressions.reads(expression, table));
    }

    /** Rows of the table's columns, then from's, then the key and the partition of the row. */
    private Operator source(TableDef table, @Nullable Relation from, @Nullable Scalar where) {
        int width = table.columns().size();
        List<Scalar> own = new ArrayList<>();
        List<Scalar> rest = new ArrayList<>();
        for (Scalar term : Expressions.conjuncts(where)) {
            boolean tableOnly = Expressions.columns(term).length() <= width;
            (tableOnly && Expressions.movable(term) ? own : rest).add(term);
        }
        Operator located = queries.scans().located(table, own);
        return queries.filtered(from == null ? located : joined(located, width, from, rest), rest);
    }

    /** Takes the equalities between both sides out of the conditions, if there are any. */
    private Operator joined(Operator located, int width, Relation from, List<Scalar> conditions) {
        int fromWidth = from.fields().size();
        HashJoin.Keys keys = queries.joins().keys(conditions, width);
        Operator other = queries.query(from);
        Operator pairs =
                keys.left().isEmpty()
                        ? new NestedLoopJoin(
                                located, new Cached(other), false, false, null, fromWidth)
                        : new HashJoin(
                                Relation.Join.Kind.INNER,
                                located,
                                other,
                                keys,
                                null,
                                new HashJoin.Widths(width + LOCATOR_WIDTH, fromWidth));
        List<Evaluator> order = new ArrayList<>();
        addColumns(order, 0, width);
        addColumns(order, width + LOCATOR_WIDTH, fromWidth);
        addColumns(order, width, LOCATOR_WIDTH);
        return new Project(pairs, order);
    }

    private static void addColumns(List<Evaluator> order, int first, int count) {
        IntStream.range(first, first + count).forEach(i -> order.add(frame -> frame.column(i)));
    }

    private List<Insert.Assignment> assignments(List<BoundStatement.Assignment> assignments) {
        return assignments.stream()
                .map(assignment ->
                        new Insert.Assignment(
                                assignment.column(), compiler.compile(assignment.value())))
                .toList();
    }

    private RowCheck check(TableDef table, List<BoundStatement.Check> checks) {
        return new RowCheck(
                table,
                checks.stream()
                        .map(check ->
                                new RowCheck.Check(
                                        check.name(), compiler.compile(check.condition())))
                        .toList());
    }

    private @Nullable Returning returning(BoundStatement.@Nullable Returning returning) {
        return returning == null
                ? null
                : new Returning(compiler.compileAll(returning.expressions()));
    }

    private static @Nullable List<Field> fields(BoundStatement.@Nullable Returning returning) {
        return returning == null ? null : returning.fields();
    }
}
