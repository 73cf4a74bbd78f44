package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.BindContext;
import io.faraddb.engine.sql.bind.expression.Clause;
import io.faraddb.engine.sql.bind.expression.Coercions;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Scope;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.TableReference;
import io.faraddb.engine.sql.parse.ast.TableReference.Alias;
import io.faraddb.engine.sql.parse.ast.TableReference.JoinKind;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds joins: conditions, merged columns, and right sides that look at left ones. */
final class JoinBinder {

    private final BindContext context;
    private final FromBinder from;
    private final QueryBinder queries;

    JoinBinder(BindContext context, FromBinder from, QueryBinder queries) {
        this.context = context;
        this.from = from;
        this.queries = queries;
    }

    // Right sides ------------------------------------------------------------------------------

    /** A right side, and whether it looks at the left one's row. */
    private record RightSide(FromItem item, boolean lateral) {}

    private RightSide right(
            TableReference reference, FromItem left, @Nullable Level outer, CommonTables common) {
        if (mayBeLateral(reference)) {
            Level visible = new Level(outer, left.scope());
            FromItem item = from.bind(reference, visible, common);
            if (visible.used()) {
                return new RightSide(item, true);
            }
        }
        return new RightSide(from.bind(reference, outer, common), false);
    }

    private static boolean mayBeLateral(TableReference reference) {
        return switch (reference) {
            case TableReference.NamedTable _ -> false;
            case TableReference.DerivedTable table -> table.lateral();
            case TableReference.FunctionTable _ -> true;
            case TableReference.Join join ->
                    mayBeLateral(join.left()) || mayBeLateral(join.right());
        };
    }

    /** All items of FROM, side by side. */
    FromItem list(List<TableReference> items, @Nullable Level outer, CommonTables common) {
        FromItem left = null;
        for (TableReference reference : items) {
            left =
                    left == null
                            ? from.bind(reference, outer, common)
                            : beside(left, reference, outer, common);
        }
        return left == null ? FromItem.NOTHING : left;
    }

    /** Another item of FROM beside those before it. */
    FromItem beside(
            FromItem left, TableReference reference, @Nullable Level outer, CommonTables common) {
        RightSide right = right(reference, left, outer, common);
        Scope rightScope = right.item().scope().shifted(left.width());
        checkNames(left.scope(), rightScope);
        return new FromItem(
                new Relation.Join(
                        Relation.Join.Kind.INNER,
                        left.relation(),
                        right.item().relation(),
                        null,
                        right.lateral()),
                left.scope().plus(rightScope));
    }

    private static void checkNames(Scope left, Scope right) {
        for (Scope.Table a : left.tables()) {
            for (Scope.Table b : right.tables()) {
                boolean differentTables =
                        a.schema() != null && b.schema() != null && !a.schema().equals(b.schema());
                if (a.name().equals(b.name()) && !differentTables) {
                    throw new SqlException(
                            ErrorCode.DUPLICATE_ALIAS,
                            "table name \"" + a.name() + "\" specified more than once");
                }
            }
        }
    }

    // Joins ------------------------------------------------------------------------------------

    FromItem bind(TableReference.Join join, @Nullable Level outer, CommonTables common) {
        FromItem left = from.bind(join.left(), outer, common);
        RightSide right = right(join.right(), left, outer, common);
        if (right.lateral() && (join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.FULL)) {
            throw new SqlException(
                            ErrorCode.INVALID_COLUMN_REFERENCE,
                            "invalid reference to FROM-clause entry")
                    .detail(
                            "The combining JOIN type must be INNER or LEFT"
                                    + " for a LATERAL reference.")
                    .at(join.position());
        }
        Scope rightScope = right.item().scope().shifted(left.width());
        checkNames(left.scope(), rightScope);
        Scope both = left.scope().plus(rightScope);
        List<String> using = join.natural() ? sharedNames(left.scope(), rightScope) : join.using();
        Merged merged = merge(using, join, left.scope(), rightScope, both);
        Expression on = join.on();
        Scalar condition =
                on == null
                        ? merged.condition()
                        : queries.expressions(new Level(outer, both), Clause.JOIN, common)
                                .condition(on);
        Relation relation =
                new Relation.Join(
                        kind(join.kind()),
                        left.relation(),
                        right.item().relation(),
                        condition,
                        right.lateral());
        Scope scope = named(join, merged);
        return new FromItem(relation, scope);
    }

    private static Relation.Join.Kind kind(JoinKind kind) {
        return switch (kind) {
            case INNER, CROSS -> Relation.Join.Kind.INNER;
            case LEFT -> Relation.Join.Kind.LEFT;
            case RIGHT -> Relation.Join.Kind.RIGHT;
            case FULL -> Relation.Join.Kind.FULL;
        };
    }

    private static Scope named(TableReference.Join join, Merged merged) {
        Alias alias = join.alias();
        if (alias != null) {
            List<Scope.Column> columns = FromBinder.renamed(merged.scope().columns(), alias);
            Scope.Table table = new Scope.Table(null, alias.name(), null, columns);
            return new Scope(List.of(table), columns);
        }
        String usingAlias = join.usingAlias();
        if (usingAlias == null) {
            return merged.scope();
        }
        List<Scope.Table> tables = new ArrayList<>(merged.scope().tables());
        tables.add(new Scope.Table(null, usingAlias, null, merged.columns()));
        return new Scope(tables, merged.scope().columns());
    }

    private static List<String> sharedNames(Scope left, Scope right) {
        List<String> shared = new ArrayList<>();
        for (Scope.Column column : left.columns()) {
            String name = column.name();
            boolean inRight = right.columns().stream().anyMatch(c -> c.name().equals(name));
            if (inRight && !shared.contains(name)) {
                shared.add(name);
            }
        }
        return shared;
    }

    // USING ------------------------------------------------------------------------------------

    /** Columns that USING made one, and the condition that says so. */
    private record Merged(List<Scope.Column> columns, Scope scope, @Nullable Scalar condition) {}

    private Merged merge(
            List<String> names, TableReference.Join join, Scope left, Scope right, Scope both) {
        if (names.isEmpty()) {
            return new Merged(List.of(), both, null);
        }
        List<Scope.Column> merged = new ArrayList<>();
        List<Scalar> conditions = new ArrayList<>();
        List<Scope.Column> rest = new ArrayList<>(both.columns());
        for (String name : names) {
            Scope.Column a = only(left, name, "left");
            Scope.Column b = only(right, name, "right");
            conditions.add(equality(a, b, join.position()));
            merged.add(merged(name, a, b, join.kind()));
            rest.remove(a);
            rest.remove(b);
        }
        List<Scope.Column> columns = new ArrayList<>(merged);
        columns.addAll(rest);
        Scalar condition =
                conditions.size() == 1 ? conditions.getFirst() : new Scalar.And(conditions);
        return new Merged(merged, new Scope(both.tables(), columns), condition);
    }

    private static Scope.Column only(Scope scope, String name, String side) {
        Scope.Column found = null;
        for (Scope.Column column : scope.columns()) {
            if (column.name().equals(name)) {
                if (found != null) {
                    throw new SqlException(
                            ErrorCode.AMBIGUOUS_COLUMN,
                            "common column name \""
                                    + name
                                    + "\" appears more than once in "
                                    + side
                                    + " table");
                }
                found = column;
            }
        }
        if (found == null) {
            throw new SqlException(
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \""
                            + name
                            + "\" specified in USING clause does not exist in "
                            + side
                            + " table");
        }
        return found;
    }

    private Scalar equality(Scope.Column a, Scope.Column b, int position) {
        Function equal;
        try {
            equal = context.library().resolveOperator("=", a.type(), b.type());
        } catch (SqlException unequal) {
            throw unequal.at(position);
        }
        Coercions coercions = queries.coercions();
        return new Scalar.Call(
                equal,
                List.of(
                        coercions.implicitly(a.value(), equal.parameters().get(0)),
                        coercions.implicitly(b.value(), equal.parameters().get(1))));
    }

    private Scope.Column merged(String name, Scope.Column a, Scope.Column b, JoinKind kind) {
        return switch (kind) {
            case INNER, LEFT, CROSS -> a;
            case RIGHT -> b;
            case FULL -> {
                SqlType type =
                        FunctionLibrary.commonType(List.of(a.type(), b.type()), "JOIN/USING");
                Coercions coercions = queries.coercions();
                Scalar either =
                        new Scalar.Coalesce(
                                List.of(
                                        coercions.implicitly(a.value(), type),
                                        coercions.implicitly(b.value(), type)),
                                type);
                yield new Scope.Column(name, either, 0, 0, null);
            }
        };
    }
}
