package io.faraddb.engine.sql.bind;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Scope.Visible;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns expressions over ungrouped rows into ones over groups. */
final class Grouper {

    private final Scope scope;
    private final List<Scalar> keys;
    private final Gathered gathered;

    Grouper(Scope scope, List<Scalar> keys, Gathered gathered) {
        this.scope = scope;
        this.keys = new ArrayList<>(keys);
        this.gathered = gathered;
    }

    Relation relation(Relation input, int position) {
        addDependent(input);
        List<Relation.Field> fields = new ArrayList<>();
        for (Scalar key : keys) {
            fields.add(Relation.Field.computed("key", key.type()));
        }
        for (Relation.AggregateCall call : gathered.aggregates()) {
            fields.add(Relation.Field.computed(call.aggregate().name(), call.aggregate().result()));
        }
        gathered.changeSetArguments(argument -> over(argument, position));
        return new Relation.Grouping(input, keys, gathered.aggregates(), fields);
    }

    /** A table grouped by its whole primary key has one row a group: all its columns are known. */
    private void addDependent(Relation input) {
        List<Scalar> added = new ArrayList<>();
        for (Relation.Scan scan : scans(input)) {
            List<Visible> own =
                    scope.columns().stream().filter(c -> c.table() == scan.table().oid()).toList();
            boolean whole =
                    !scan.table().primaryKey().isEmpty()
                            && scan.table().primaryKey().stream()
                                    .allMatch(place ->
                                            own.stream()
                                                    .anyMatch(c ->
                                                            c.column() == place + 1
                                                                    && keys.contains(c.value())));
            if (whole) {
                own.forEach(c -> added.add(c.value()));
            }
        }
        for (Scalar column : added) {
            if (!keys.contains(column)) {
                keys.add(column);
            }
        }
    }

    private static List<Relation.Scan> scans(Relation relation) {
        return switch (relation) {
            case Relation.Scan scan -> List.of(scan);
            case Relation.Filter filter -> scans(filter.input());
            case Relation.Join join -> {
                List<Relation.Scan> both = new ArrayList<>(scans(join.left()));
                both.addAll(scans(join.right()));
                yield both;
            }
            default -> List.of();
        };
    }

    Relation.SortKey over(Relation.SortKey key, int position) {
        return new Relation.SortKey(
                over(key.expression(), position), key.descending(), key.nullsFirst());
    }

    /** The expression over keys and aggregates; 42803 if it reads another column. */
    Scalar over(Scalar expression, int position) {
        return new ColumnRewriter((part, depth) -> replace(part, depth, position))
                .rewrite(expression);
    }

    private @Nullable Scalar replace(Scalar part, int depth, int position) {
        if (depth > 0) {
            if (part instanceof Scalar.Outer outer && outer.depth() == depth) {
                int place =
                        keys.indexOf(new Scalar.Column(outer.index(), outer.type(), outer.name()));
                if (place < 0) {
                    throw ungrouped(outer.name(), position);
                }
                return new Scalar.Outer(depth, place, outer.type(), outer.name());
            }
            return null;
        }
        int place = keys.indexOf(part);
        if (place >= 0) {
            return new Scalar.Column(place, part.type(), name(part));
        }
        if (part instanceof Scalar.Column column) {
            if (column.index() >= Gathered.SETS) {
                return column;
            }
            if (column.index() >= Gathered.AGGREGATES) {
                return new Scalar.Column(
                        keys.size() + column.index() - Gathered.AGGREGATES,
                        column.type(),
                        column.name());
            }
            throw ungrouped(column.name(), position);
        }
        return null;
    }

    private static String name(Scalar key) {
        return key instanceof Scalar.Column column ? column.name() : "key";
    }

    private static SqlException ungrouped(String column, int position) {
        return new SqlException(
                        ErrorCode.GROUPING_ERROR,
                        "column \""
                                + column
                                + "\" must appear in the GROUP BY clause or be used in an aggregate"
                                + " function")
                .at(position);
    }
}
