package io.faraddb.engine.sql.bind;

import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bound expression over one input row.
 *
 * <p>Kinds that share a Java class (the integers; text and varchar) need no cast between them
 * unless a length or range has to be kept, and the binder makes none, so that a key's column stays
 * recognisable.
 */
public sealed interface Scalar {

    SqlType type();

    record Literal(@Nullable Object value, SqlType type) implements Scalar {}

    /**
     * @param index 0-based
     */
    record Parameter(int index, SqlType type) implements Scalar {}

    /**
     * A column of the input row.
     *
     * @param index 0-based place in the input's columns
     */
    record Column(int index, SqlType type, String name) implements Scalar {}

    /**
     * A column of an enclosing query's row.
     *
     * @param depth 1 for the query that directly encloses
     */
    record Outer(int depth, int index, SqlType type, String name) implements Scalar {}

    record Call(Function function, List<Scalar> arguments) implements Scalar {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public SqlType type() {
            return function.result();
        }
    }

    /**
     * A change of type.
     *
     * @param explicit written as a cast, so that varchar(n) truncates instead of failing
     */
    record Cast(Scalar argument, SqlType type, boolean explicit) implements Scalar {}

    /** Three-valued AND of two or more. */
    record And(List<Scalar> terms) implements Scalar {
        public And {
            terms = List.copyOf(terms);
        }

        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /** Three-valued OR of two or more. */
    record Or(List<Scalar> terms) implements Scalar {
        public Or {
            terms = List.copyOf(terms);
        }

        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    record Not(Scalar argument) implements Scalar {
        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /** IS NULL, or IS NOT NULL when negated. */
    record IsNull(Scalar argument, boolean negated) implements Scalar {
        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /** CASE WHEN; CASE x WHEN is bound to comparisons with x. */
    record Case(List<When> whens, @Nullable Scalar otherwise, SqlType type) implements Scalar {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    record When(Scalar condition, Scalar result) {}

    /** The first argument that is not null; later ones are not evaluated. */
    record Coalesce(List<Scalar> arguments, SqlType type) implements Scalar {
        public Coalesce {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * x = ANY of the list, three-valued; NOT IN is a Not around it.
     *
     * @param equality compares argument with each item
     */
    record In(Scalar argument, List<Scalar> items, Function equality) implements Scalar {
        public In {
            items = List.copyOf(items);
        }

        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /**
     * x operator ANY (array) or ALL (array), three-valued.
     *
     * @param comparison of argument with one element
     */
    record Quantified(Scalar argument, Scalar array, Function comparison, boolean all)
            implements Scalar {
        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    record ArrayOf(List<Scalar> elements, SqlType type) implements Scalar {
        public ArrayOf {
            elements = List.copyOf(elements);
        }
    }

    /** A row constructor; its type is record. */
    record Row(List<Scalar> fields) implements Scalar {
        public Row {
            fields = List.copyOf(fields);
        }

        @Override
        public SqlType type() {
            return SqlType.RECORD;
        }
    }

    /** A query used as a value. Outer columns of depth 1 in it are columns of this input row. */
    record Subquery(Kind kind, Relation query, SqlType type) implements Scalar {

        /** How its rows become a value. */
        public enum Kind {
            /** The one column of at most one row; more rows are 21000. */
            SCALAR,
            EXISTS,
            /** ARRAY(SELECT ...). */
            ARRAY
        }
    }

    /**
     * argument operator ANY (query) or ALL (query), three-valued; IN is {@code = ANY}.
     *
     * @param arguments more than one for (a, b) IN (SELECT ...)
     * @param comparisons one for each argument
     */
    record QuantifiedQuery(
            List<Scalar> arguments, Relation query, List<Function> comparisons, boolean all)
            implements Scalar {
        public QuantifiedQuery {
            arguments = List.copyOf(arguments);
            comparisons = List.copyOf(comparisons);
        }

        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }
}
