package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.sql.function.Function;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the planner asks of expressions. */
public final class Expressions {

    private Expressions() {}

    /** The terms that have to hold together. */
    public static List<Scalar> conjuncts(@Nullable Scalar condition) {
        if (condition == null) {
            return List.of();
        }
        if (condition instanceof Scalar.And and) {
            List<Scalar> terms = new ArrayList<>();
            and.terms().forEach(term -> terms.addAll(conjuncts(term)));
            return terms;
        }
        return List.of(condition);
    }

    /** All terms as one condition; null for none. */
    public static @Nullable Scalar conjunction(List<Scalar> terms) {
        return terms.isEmpty()
                ? null
                : terms.size() == 1 ? terms.getFirst() : new Scalar.And(terms);
    }

    /** Places of the input row's columns that it reads, in subqueries too. */
    public static BitSet columns(Scalar expression) {
        BitSet columns = new BitSet();
        new TreeWalker() {
            @Override
            public void visit(Scalar part, int depth) {
                if (part instanceof Scalar.Column column && depth == 0) {
                    columns.set(column.index());
                } else if (part instanceof Scalar.Outer outer && outer.depth() == depth) {
                    columns.set(outer.index());
                }
            }
        }.walk(expression, 0);
        return columns;
    }

    public static BitSet columns(List<Scalar> expressions) {
        BitSet columns = new BitSet();
        expressions.forEach(expression -> columns.or(columns(expression)));
        return columns;
    }

    /** Places of the enclosing row's columns that a dependent query reads. */
    public static BitSet outerColumns(Relation query) {
        BitSet columns = new BitSet();
        new TreeWalker() {
            @Override
            public void visit(Scalar part, int depth) {
                if (part instanceof Scalar.Outer outer && outer.depth() == depth + 1) {
                    columns.set(outer.index());
                }
            }
        }.walk(query, 0);
        return columns;
    }

    /** Whether a query reads a row of a query around it. */
    public static boolean correlated(Relation query) {
        boolean[] found = new boolean[1];
        new TreeWalker() {
            @Override
            public void visit(Scalar part, int depth) {
                found[0] |= part instanceof Scalar.Outer outer && outer.depth() > depth;
            }
        }.walk(query, 0);
        return found[0];
    }

    /** Whether a query reads a table, be it in a subquery. */
    public static boolean reads(Relation query, TableDef table) {
        TableSearch search = new TableSearch(table);
        search.walk(query, 0);
        return search.found;
    }

    /** Whether a subquery of an expression reads a table. */
    public static boolean reads(Scalar expression, TableDef table) {
        TableSearch search = new TableSearch(table);
        search.walk(expression, 0);
        return search.found;
    }

    private static final class TableSearch extends TreeWalker {
        private final TableDef table;
        private boolean found;

        TableSearch(TableDef table) {
            this.table = table;
        }

        @Override
        public void visit(Relation relation) {
            found |= relation instanceof Relation.Scan scan && scan.table().oid() == table.oid();
        }

        @Override
        public void visit(Scalar expression, int depth) {}
    }

    /** Whether it may be evaluated elsewhere and more often: no subquery, nothing volatile. */
    public static boolean movable(Scalar expression) {
        boolean[] movable = {true};
        new TreeWalker() {
            @Override
            public void visit(Scalar part, int depth) {
                movable[0] &=
                        !(part instanceof Scalar.Subquery)
                                && !(part instanceof Scalar.QuantifiedQuery)
                                && !isVolatile(part);
            }
        }.walk(expression, 0);
        return movable[0];
    }

    /** Whether it costs next to nothing: no subquery, and no function but operators. */
    public static boolean cheap(Scalar expression) {
        boolean[] cheap = {movable(expression)};
        new TreeWalker() {
            @Override
            public void visit(Scalar part, int depth) {
                cheap[0] &=
                        !(part instanceof Scalar.Call call)
                                || !Character.isLetter(call.function().name().charAt(0));
            }
        }.walk(expression, 0);
        return cheap[0];
    }

    private static boolean isVolatile(Scalar part) {
        return part instanceof Scalar.Call call
                && call.function().volatility() == Function.Volatility.VOLATILE;
    }

    /** Whether it reads an enclosing row. */
    public static boolean dependent(Scalar expression) {
        boolean[] found = new boolean[1];
        new TreeWalker() {
            @Override
            public void visit(Scalar part, int depth) {
                found[0] |= part instanceof Scalar.Outer outer && outer.depth() > depth;
            }
        }.walk(expression, 0);
        return found[0];
    }

    /** Whether it reads the input row and no other. */
    public static boolean ownOnly(Scalar expression) {
        return !columns(expression).isEmpty() && !dependent(expression);
    }

    /** Whether it reads enclosing rows and no other. */
    public static boolean enclosingOnly(Scalar expression) {
        return columns(expression).isEmpty() && dependent(expression);
    }

    /** Whether it reads no row at all, so that it can be worked out before the statement runs. */
    public static boolean constant(Scalar expression) {
        boolean[] constant = {movable(expression)};
        new TreeWalker() {
            @Override
            public void visit(Scalar part, int depth) {
                constant[0] &= !(part instanceof Scalar.Column) && !(part instanceof Scalar.Outer);
            }
        }.walk(expression, 0);
        return constant[0];
    }

    /** Without casts that change the type's name and no value. */
    public static Scalar withoutIdleCasts(Scalar expression) {
        Scalar bare = expression;
        while (bare instanceof Scalar.Cast cast
                && Casts.isIdentity(cast.argument().type(), cast.type())) {
            bare = cast.argument();
        }
        return bare;
    }

    /** A call of one of the comparison operators; null for anything else. */
    public static Scalar.@Nullable Call comparison(Scalar expression) {
        return expression instanceof Scalar.Call call && call.function().isComparison()
                ? call
                : null;
    }
}
