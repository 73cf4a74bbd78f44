package io.faraddb.engine.sql.bind;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.function.Aggregate;
import io.faraddb.engine.sql.function.SetFunction;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bound query as relational algebra: each node gives rows of its columns. */
public sealed interface Relation {

    List<Field> fields();

    /**
     * A column of a relation.
     *
     * @param table oid of the table that it comes from unchanged; 0 if none
     * @param column 1-based place in that table, as pg_attribute's attnum; 0 if none
     */
    record Field(String name, SqlType type, int table, int column) {
        public static Field computed(String name, SqlType type) {
            return new Field(name, type, 0, 0);
        }
    }

    /** The visible columns of a table, in order. */
    record Scan(TableDef table, List<Field> fields) implements Relation {
        public Scan {
            fields = List.copyOf(fields);
        }
    }

    /** A table of the system catalog, computed when read. */
    record SystemScan(SystemTable table, List<Field> fields) implements Relation {
        public SystemScan {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Rows written down; no rows of no columns is not allowed, one row of none is SELECT without
     * FROM.
     */
    record Values(List<List<Scalar>> rows, List<Field> fields) implements Relation {
        public Values {
            rows = List.copyOf(rows);
            fields = List.copyOf(fields);
        }
    }

    /**
     * A function in FROM.
     *
     * @param ordinality whether a last column counts the rows from 1
     */
    record FunctionScan(
            SetFunction function, List<Scalar> arguments, boolean ordinality, List<Field> fields)
            implements Relation {
        public FunctionScan {
            arguments = List.copyOf(arguments);
            fields = List.copyOf(fields);
        }
    }

    record Filter(Relation input, Scalar condition) implements Relation {
        @Override
        public List<Field> fields() {
            return input.fields();
        }
    }

    record Project(Relation input, List<Scalar> expressions, List<Field> fields)
            implements Relation {
        public Project {
            expressions = List.copyOf(expressions);
            fields = List.copyOf(fields);
        }
    }

    /**
     * Set-returning functions of a select list: input's columns, then a column for each function.
     */
    record ProjectSet(
            Relation input,
            List<SetFunction> functions,
            List<List<Scalar>> arguments,
            List<Field> fields)
            implements Relation {
        public ProjectSet {
            functions = List.copyOf(functions);
            arguments = List.copyOf(arguments);
            fields = List.copyOf(fields);
        }
    }

    /**
     * The columns of left, then of right.
     *
     * @param condition over those columns; null for a cross join
     * @param lateral whether right's Outer columns of depth 1 are columns of left's row
     */
    record Join(
            Kind kind, Relation left, Relation right, @Nullable Scalar condition, boolean lateral)
            implements Relation {

        /** Which rows without a partner stay. */
        public enum Kind {
            INNER,
            LEFT,
            RIGHT,
            FULL
        }

        @Override
        public List<Field> fields() {
            List<Field> fields = new ArrayList<>(left.fields());
            fields.addAll(right.fields());
            return fields;
        }
    }

    /**
     * One row for each group: the keys, then the calls. Without keys one row, also for no input.
     *
     * @param keys over input's columns
     */
    record Grouping(
            Relation input, List<Scalar> keys, List<AggregateCall> calls, List<Field> fields)
            implements Relation {
        public Grouping {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
            fields = List.copyOf(fields);
        }
    }

    /**
     * @param arguments over the input's columns
     * @param filter only rows for which it is true count; null for all
     * @param order of the rows within the group; empty for any
     */
    record AggregateCall(
            Aggregate aggregate,
            List<Scalar> arguments,
            boolean distinct,
            @Nullable Scalar filter,
            List<SortKey> order) {
        public AggregateCall {
            arguments = List.copyOf(arguments);
            order = List.copyOf(order);
        }
    }

    record Sort(Relation input, List<SortKey> keys) implements Relation {
        public Sort {
            keys = List.copyOf(keys);
        }

        @Override
        public List<Field> fields() {
            return input.fields();
        }
    }

    /** PostgreSQL's default for nulls: last ascending, first descending. */
    record SortKey(Scalar expression, boolean descending, boolean nullsFirst) {}

    /**
     * @param count null for all; a null value means all, too
     */
    record Limit(Relation input, @Nullable Scalar count, @Nullable Scalar offset)
            implements Relation {
        @Override
        public List<Field> fields() {
            return input.fields();
        }
    }

    /**
     * The first of each set of equal rows.
     *
     * @param on places of the columns compared (DISTINCT ON; input is sorted by them); empty: all
     */
    record Distinct(Relation input, List<Integer> on) implements Relation {
        public Distinct {
            on = List.copyOf(on);
        }

        @Override
        public List<Field> fields() {
            return input.fields();
        }
    }

    /** Both sides have the same column types. */
    record SetOperation(Kind kind, boolean all, Relation left, Relation right, List<Field> fields)
            implements Relation {
        public SetOperation {
            fields = List.copyOf(fields);
        }

        /** As SQL names them. */
        public enum Kind {
            UNION,
            INTERSECT,
            EXCEPT
        }
    }
}
