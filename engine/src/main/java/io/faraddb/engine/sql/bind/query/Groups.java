package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.BindContext;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Rewriter;
import io.faraddb.engine.sql.bind.expression.Sameness;
import io.faraddb.engine.sql.bind.expression.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query's groups: what was bound over its rows becomes an expression over the keys and the
 * aggregates' results.
 */
final class Groups {

    private final BindContext context;
    private final FromItem from;
    private final Level level;
    private final Relation input;
    private final List<Scalar> keys;
    private final Rewriter rewriter = new Rewriter(this::replace);

    /**
     * @param input the rows that are grouped
     */
    Groups(BindContext context, FromItem from, Level level, Relation input, List<Scalar> keys) {
        this.context = context;
        this.from = from;
        this.level = level;
        this.input = input;
        this.keys = new ArrayList<>(keys);
        addDependentColumns();
    }

    /** An expression over the groups. */
    Scalar rewrite(Scalar scalar) {
        return rewriter.rewrite(scalar);
    }

    /** The groups: keys, then aggregates. */
    Relation relation() {
        List<Field> fields = new ArrayList<>();
        for (Scalar key : keys) {
            String name = key instanceof Scalar.Column column ? column.name() : "?column?";
            fields.add(Field.computed(name, key.type()));
        }
        for (Relation.AggregateCall call : level.aggregates()) {
            fields.add(Field.computed(call.aggregate().name(), call.aggregate().result()));
        }
        return new Relation.Grouping(input, keys, level.aggregates(), fields);
    }

    void rewriteSetCalls() {
        level.setCalls()
                .replaceAll(call ->
                        new Level.SetCall(
                                call.function(),
                                call.arguments().stream().map(this::rewrite).toList()));
    }

    private @Nullable Scalar replace(Scalar scalar, int depth) {
        if (depth == 0) {
            return replaceHere(scalar);
        }
        if (scalar instanceof Scalar.Outer outer && outer.depth() == depth) {
            return replaceInside(outer);
        }
        return null;
    }

    private @Nullable Scalar replaceHere(Scalar scalar) {
        int key = keyOf(scalar);
        if (key >= 0) {
            return column(key, scalar);
        }
        if (!(scalar instanceof Scalar.Column column)) {
            return null;
        }
        if (column.index() >= Level.SET_FUNCTIONS) {
            return column;
        }
        if (column.index() >= Level.AGGREGATES) {
            return new Scalar.Column(
                    keys.size() + column.index() - Level.AGGREGATES, column.type(), column.name());
        }
        throw ungrouped(
                "column \"%s\" must appear in the GROUP BY clause"
                        + " or be used in an aggregate function",
                column.index(), context.position(column));
    }

    private Scalar replaceInside(Scalar.Outer outer) {
        Scalar own = new Scalar.Column(outer.index(), outer.type(), outer.name());
        int key = keyOf(own);
        if (key < 0) {
            throw ungrouped(
                    "subquery uses ungrouped column \"%s\" from outer query",
                    outer.index(), context.position(outer));
        }
        return new Scalar.Outer(outer.depth(), key, outer.type(), outer.name());
    }

    private Scalar column(int key, Scalar scalar) {
        String name = scalar instanceof Scalar.Column column ? column.name() : "?column?";
        Scalar grouped = new Scalar.Column(key, scalar.type(), name);
        return context.shaped(context.at(grouped, context.position(scalar)), context.shape(scalar));
    }

    private int keyOf(Scalar scalar) {
        for (int i = 0; i < keys.size(); i++) {
            if (Sameness.same(keys.get(i), scalar)) {
                return i;
            }
        }
        return -1;
    }

    // Columns that depend on a grouped primary key ---------------------------------------------

    /**
     * Adds the columns of tables whose whole primary key is among the keys: they have one value.
     */
    private void addDependentColumns() {
        for (Scope.Table table : from.scope().tables()) {
            TableDef definition = definition(table);
            if (definition != null && keysHold(table, definition)) {
                for (Scope.Column column : table.columns()) {
                    if (column.value() instanceof Scalar.Column && keyOf(column.value()) < 0) {
                        keys.add(column.value());
                    }
                }
            }
        }
    }

    private @Nullable TableDef definition(Scope.Table table) {
        int oid = table.columns().isEmpty() ? 0 : table.columns().getFirst().table();
        return oid == 0 ? null : context.catalog().table(oid);
    }

    private boolean keysHold(Scope.Table table, TableDef definition) {
        if (definition.primaryKey().isEmpty()) {
            return false;
        }
        for (int part : definition.primaryKey()) {
            boolean held =
                    table.columns().stream()
                            .anyMatch(c -> c.number() == part + 1 && keyOf(c.value()) >= 0);
            if (!held) {
                return false;
            }
        }
        return true;
    }

    private SqlException ungrouped(String message, int index, int position) {
        return new SqlException(ErrorCode.GROUPING_ERROR, message.formatted(qualifiedName(index)))
                .at(position);
    }

    private String qualifiedName(int index) {
        for (Scope.Table table : from.scope().tables()) {
            for (Scope.Column column : table.columns()) {
                if (column.value() instanceof Scalar.Column plain && plain.index() == index) {
                    return table.name() + "." + column.name();
                }
            }
        }
        return "?column?";
    }
}
