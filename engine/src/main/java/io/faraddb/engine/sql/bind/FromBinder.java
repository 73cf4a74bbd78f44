package io.faraddb.engine.sql.bind;

import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Scope.Visible;
import io.faraddb.engine.sql.function.SetFunction;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.OperatorName;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.TableReference;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Binds what stands in FROM. */
final class FromBinder {

    private final BindContext context;
    private final @Nullable Scope outer;

    /**
     * @param outer the scope around the query; null for none
     */
    FromBinder(BindContext context, @Nullable Scope outer) {
        this.context = context;
        this.outer = outer;
    }

    /** A relation and the names of its columns. */
    record Source(Relation relation, List<Visible> columns) {

        Scope scope(@Nullable Scope around) {
            return new Scope(around, columns);
        }
    }

    /** Nothing in FROM is one row without columns. */
    static Source nothing() {
        return new Source(new Relation.Values(List.of(List.of()), List.of()), List.of());
    }

    Source bindAll(List<TableReference> references) {
        Source source = null;
        for (TableReference reference : references) {
            if (source == null) {
                source = bind(reference, null);
            } else {
                Source left = source;
                Sided right = right(reference, left);
                source =
                        joined(
                                left,
                                right.source(),
                                new Relation.Join(
                                        Relation.Join.Kind.INNER,
                                        left.relation(),
                                        right.source().relation(),
                                        null,
                                        right.lateral()),
                                reference.position());
            }
        }
        return source == null ? nothing() : source;
    }

    /** A right side, and whether it reads the left row. */
    private record Sided(Source source, boolean lateral) {}

    private Sided right(TableReference reference, Source left) {
        if (mayBeLateral(reference)) {
            Scope leftScope = left.scope(outer);
            Source source = bind(reference, leftScope);
            if (leftScope.used()) {
                return new Sided(source, true);
            }
        }
        return new Sided(bind(reference, null), false);
    }

    private static boolean mayBeLateral(TableReference reference) {
        return switch (reference) {
            case TableReference.FunctionTable function -> true;
            case TableReference.DerivedTable derived -> derived.lateral();
            default -> false;
        };
    }

    private static Source joined(Source left, Source right, Relation join, int position) {
        List<Visible> columns = new ArrayList<>(left.columns());
        for (Visible column : shifted(right.columns(), left.relation().fields().size())) {
            columns.add(column);
        }
        requireDistinctNames(left, right, position);
        return new Source(join, columns);
    }

    private static void requireDistinctNames(Source left, Source right, int position) {
        for (Visible column : right.columns()) {
            String qualifier = column.qualifier();
            if (qualifier != null
                    && left.columns().stream().anyMatch(c -> qualifier.equals(c.qualifier()))) {
                throw new SqlException(
                                ErrorCode.DUPLICATE_ALIAS,
                                "table name \"" + qualifier + "\" specified more than once")
                        .at(position);
            }
        }
    }

    private static List<Visible> shifted(List<Visible> columns, int by) {
        ColumnRewriter rewriter =
                new ColumnRewriter((expression, depth) ->
                        expression instanceof Scalar.Column column && depth == 0
                                ? new Scalar.Column(
                                        column.index() + by, column.type(), column.name())
                                : null);
        return columns.stream()
                .map(c ->
                        new Visible(
                                c.qualifier(),
                                c.name(),
                                rewriter.rewrite(c.value()),
                                c.table(),
                                c.column(),
                                c.unqualified()))
                .toList();
    }

    /**
     * @param lateral scope of the tables on the left; null where they may not be read
     */
    private Source bind(TableReference reference, @Nullable Scope lateral) {
        return switch (reference) {
            case TableReference.NamedTable table -> named(table);
            case TableReference.DerivedTable derived -> derived(derived, lateral);
            case TableReference.FunctionTable function -> function(function, lateral);
            case TableReference.Join join -> join(join);
        };
    }

    private Source named(TableReference.NamedTable reference) {
        QualifiedName name = reference.name();
        BindContext.CommonTable common =
                name.schema() == null ? context.commonTable(name.name()) : null;
        if (common != null) {
            return common(common, reference);
        }
        return aliased(relation(name), name.name(), reference.alias());
    }

    private Source common(BindContext.CommonTable table, TableReference.NamedTable reference) {
        Relation relation = context.bindCommonTable(table, new QueryBinder(context));
        List<Visible> columns = Scope.of(table.name(), relation.fields(), 0);
        if (!table.columns().isEmpty()) {
            columns =
                    renamed(
                            columns,
                            new TableReference.Alias(
                                    table.name(),
                                    table.columns(),
                                    List.of(),
                                    reference.position()));
        }
        TableReference.Alias alias = reference.alias();
        return new Source(relation, alias == null ? columns : renamed(columns, alias));
    }

    private Relation relation(QualifiedName name) {
        boolean user = name.schema() == null || name.schema().equals("public");
        TableDef table = user ? context.catalog().table(name.name()) : null;
        if (table != null) {
            return scan(table);
        }
        SystemTable system = context.systemTables().find(name.schema(), name.name());
        if (system != null) {
            List<Relation.Field> fields = new ArrayList<>();
            for (int i = 0; i < system.columnNames().size(); i++) {
                fields.add(
                        new Relation.Field(
                                system.columnNames().get(i),
                                system.columnTypes().get(i),
                                system.oid(),
                                i + 1));
            }
            return new Relation.SystemScan(system, fields);
        }
        throw undefined(name);
    }

    static SqlException undefined(QualifiedName name) {
        return new SqlException(
                        ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist")
                .at(name.position());
    }

    static Relation.Scan scan(TableDef table) {
        List<Relation.Field> fields = new ArrayList<>();
        for (int place : table.visibleColumns()) {
            ColumnDef column = table.columns().get(place);
            fields.add(new Relation.Field(column.name(), column.type(), table.oid(), place + 1));
        }
        return new Relation.Scan(table, fields);
    }

    private static Source aliased(
            Relation relation, String name, TableReference.@Nullable Alias alias) {
        String qualifier = alias == null ? name : alias.name();
        List<Visible> columns = Scope.of(qualifier, relation.fields(), 0);
        return new Source(relation, alias == null ? columns : renamed(columns, alias));
    }

    private static List<Visible> renamed(List<Visible> columns, TableReference.Alias alias) {
        if (alias.columns().size() > columns.size()) {
            throw new SqlException(
                            ErrorCode.INVALID_COLUMN_REFERENCE,
                            "table \"%s\" has %d columns available but %d columns specified"
                                    .formatted(
                                            alias.name(), columns.size(), alias.columns().size()))
                    .at(alias.position());
        }
        List<Visible> renamed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Visible column = columns.get(i);
            String name = i < alias.columns().size() ? alias.columns().get(i) : column.name();
            renamed.add(
                    new Visible(
                            alias.name(),
                            name,
                            column.value(),
                            column.table(),
                            column.column(),
                            true));
        }
        return renamed;
    }

    private Source derived(TableReference.DerivedTable derived, @Nullable Scope lateral) {
        Relation relation =
                new QueryBinder(context).bind(derived.query(), lateral == null ? outer : lateral);
        TableReference.Alias alias = derived.alias();
        return aliased(relation, alias == null ? "unnamed_subquery" : alias.name(), alias);
    }

    private Source function(TableReference.FunctionTable table, @Nullable Scope lateral) {
        if (table.functions().size() != 1) {
            throw SqlException.unsupported("ROWS FROM of several functions").at(table.position());
        }
        TableReference.FunctionItem item = table.functions().getFirst();
        Scope scope = new Scope(lateral == null ? outer : lateral, List.of());
        return functionIn(table, item, scope);
    }

    private Source functionIn(
            TableReference.FunctionTable table, TableReference.FunctionItem item, Scope scope) {
        Gathered gathered = new Gathered();
        ExpressionBinder binder = new ExpressionBinder(context, scope, gathered);
        Scalar value = binder.bind(item.call());
        TableReference.Alias alias = table.alias();
        String name = functionName(item.call());
        String qualifier = alias == null ? name : alias.name();
        Relation relation;
        if (gathered.sets().isEmpty()) {
            relation =
                    new Relation.Values(
                            List.of(List.of(value)),
                            List.of(Relation.Field.computed(qualifier, value.type())));
        } else {
            Gathered.SetCall call = gathered.sets().getFirst();
            relation =
                    new Relation.FunctionScan(
                            call.function(),
                            call.arguments(),
                            table.ordinality(),
                            fields(call.function(), qualifier, table.ordinality()));
        }
        return aliased(relation, qualifier, alias);
    }

    private static List<Relation.Field> fields(
            SetFunction function, String qualifier, boolean ordinality) {
        List<Relation.Field> fields = new ArrayList<>();
        boolean single = function.columnNames().size() == 1;
        for (int i = 0; i < function.columnNames().size(); i++) {
            fields.add(
                    Relation.Field.computed(
                            single ? qualifier : function.columnNames().get(i),
                            function.columnTypes().get(i)));
        }
        if (ordinality) {
            fields.add(Relation.Field.computed("ordinality", SqlType.BIGINT));
        }
        return fields;
    }

    private static String functionName(Expression call) {
        return switch (call) {
            case Expression.FunctionCall function -> function.name().name();
            case Expression.SessionValue value -> value.kind().name().toLowerCase(Locale.ROOT);
            default -> "function";
        };
    }

    private Source join(TableReference.Join join) {
        Source left = bind(join.left(), null);
        Sided sided = right(join.right(), left);
        Source right = sided.source();
        Relation.Join.Kind kind =
                switch (join.kind()) {
                    case INNER, CROSS -> Relation.Join.Kind.INNER;
                    case LEFT -> Relation.Join.Kind.LEFT;
                    case RIGHT -> Relation.Join.Kind.RIGHT;
                    case FULL -> Relation.Join.Kind.FULL;
                };
        Relation bare =
                new Relation.Join(kind, left.relation(), right.relation(), null, sided.lateral());
        Source both = joined(left, right, bare, join.position());
        List<String> using = join.natural() ? sharedNames(left, right) : join.using();
        Expression on = join.on();
        if (!using.isEmpty()) {
            return using(join, kind, left, right, both, using);
        }
        Scalar condition =
                on == null
                        ? null
                        : new ExpressionBinder(context, both.scope(outer), null)
                                .condition(on, "JOIN/ON");
        Relation relation =
                new Relation.Join(
                        kind, left.relation(), right.relation(), condition, sided.lateral());
        return new Source(relation, both.columns());
    }

    private static List<String> sharedNames(Source left, Source right) {
        return left.columns().stream()
                .filter(Visible::unqualified)
                .map(Visible::name)
                .filter(name -> right.columns().stream().anyMatch(c -> c.name().equals(name)))
                .distinct()
                .toList();
    }

    private Source using(
            TableReference.Join join,
            Relation.Join.Kind kind,
            Source left,
            Source right,
            Source both,
            List<String> names) {
        int width = left.columns().size();
        List<Visible> merged = new ArrayList<>();
        List<Visible> rest = new ArrayList<>(both.columns());
        List<Scalar> conditions = new ArrayList<>();
        ExpressionBinder binder = new ExpressionBinder(context, both.scope(outer), null);
        for (String name : names) {
            int a = place(both.columns().subList(0, width), name, "left", join.position());
            int b =
                    width
                            + place(
                                    both.columns().subList(width, both.columns().size()),
                                    name,
                                    "right",
                                    join.position());
            Scalar first = both.columns().get(a).value();
            Scalar second = both.columns().get(b).value();
            conditions.add(binder.operator(OperatorName.of("="), first, second, join.position()));
            Scalar value =
                    switch (kind) {
                        case INNER, LEFT -> first;
                        case RIGHT -> second;
                        case FULL -> {
                            SqlType type = binder.common(List.of(first, second), join.position());
                            yield new Scalar.Coalesce(
                                    List.of(
                                            binder.coercions()
                                                    .implicit(first, type, join.position()),
                                            binder.coercions()
                                                    .implicit(second, type, join.position())),
                                    type);
                        }
                    };
            merged.add(new Visible(null, name, value, 0, 0, true));
            rest.set(a, qualifiedOnly(rest.get(a)));
            rest.set(b, qualifiedOnly(rest.get(b)));
        }
        merged.addAll(rest);
        Scalar condition =
                conditions.size() == 1 ? conditions.getFirst() : new Scalar.And(conditions);
        return new Source(
                new Relation.Join(kind, left.relation(), right.relation(), condition, false),
                merged);
    }

    private static Visible qualifiedOnly(Visible column) {
        return new Visible(
                column.qualifier(),
                column.name(),
                column.value(),
                column.table(),
                column.column(),
                false);
    }

    private static int place(List<Visible> columns, String name, String side, int position) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name) && columns.get(i).unqualified()) {
                return i;
            }
        }
        throw new SqlException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "column \"%s\" specified in USING clause does not exist in %s table"
                                .formatted(name, side))
                .at(position);
    }
}
