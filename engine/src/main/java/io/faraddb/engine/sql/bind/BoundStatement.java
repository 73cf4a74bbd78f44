package io.faraddb.engine.sql.bind;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bound statement that reads or writes rows. What else there is stays syntax and is run by the
 * session.
 */
public sealed interface BoundStatement {

    /** Types of $1, $2, ...; none is unknown. */
    List<SqlType> parameters();

    record Query(Relation relation, List<SqlType> parameters) implements BoundStatement {}

    /**
     * @param source gives a value for every column of the table, dropped ones too (null), in the
     *     table's order, defaults filled in, coerced to the columns' types (length and range too)
     * @param conflict null: a duplicate is 23505
     * @param checks conditions over a whole row (all columns in the table's order)
     * @param returning over a whole row; null without RETURNING
     */
    record Insert(
            TableDef table,
            Relation source,
            @Nullable OnConflict conflict,
            List<Check> checks,
            @Nullable Returning returning,
            List<SqlType> parameters)
            implements BoundStatement {}

    /**
     * What happens to a row that is there already.
     *
     * @param index whose duplicate counts; null with anyIndex false for the primary key
     * @param anyIndex ON CONFLICT DO NOTHING without a target
     * @param replace UPSERT: the new row replaces the old whole
     * @param assignments over the old row's columns followed by the new (excluded) row's; empty for
     *     DO NOTHING
     * @param where over the same columns; null without one
     */
    record OnConflict(
            @Nullable IndexDef index,
            boolean anyIndex,
            boolean replace,
            List<Assignment> assignments,
            @Nullable Scalar where) {}

    /**
     * @param column place in the table's columns
     * @param value coerced to the column's type
     */
    record Assignment(int column, Scalar value) {}

    /** A CHECK constraint: false is 23514, null passes. */
    record Check(String name, Scalar condition) {}

    /** Expressions over a whole row (all of the table's columns in order). */
    record Returning(List<Scalar> expressions, List<Relation.Field> fields) {}

    /**
     * @param where over the table's columns (all, in order) followed by from's; null for all rows
     * @param from UPDATE ... FROM; null without
     * @param assignments over the same columns
     */
    record Update(
            TableDef table,
            @Nullable Relation from,
            @Nullable Scalar where,
            List<Assignment> assignments,
            List<Check> checks,
            @Nullable Returning returning,
            List<SqlType> parameters)
            implements BoundStatement {}

    /** Like {@link Update}, from being USING. */
    record Delete(
            TableDef table,
            @Nullable Relation from,
            @Nullable Scalar where,
            @Nullable Returning returning,
            List<SqlType> parameters)
            implements BoundStatement {}
}
