package io.faraddb.engine.sql.system;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.sql.function.SystemRelations.SystemRelation;
import io.faraddb.engine.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * Builds rows of a system relation by its columns' names. Columns that are not said are false, 0 or
 * empty, as PostgreSQL has them in most rows; texts and arrays are null.
 */
final class SystemRow {

    private final SystemRelation relation;
    private final @Nullable Object[] values;

    private SystemRow(SystemRelation relation) {
        this.relation = relation;
        this.values = new @Nullable Object[relation.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = nothing(relation.types().get(i));
        }
    }

    static SystemRow of(SystemRelation relation) {
        return new SystemRow(relation);
    }

    private static @Nullable Object nothing(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN -> false;
            case SMALLINT, INTEGER, BIGINT, OID, REGCLASS, REGTYPE, REGPROC, XID -> 0L;
            case REAL -> 0f;
            case INTERNAL_CHAR -> "";
            default -> null;
        };
    }

    /** Sets a column; whole numbers as longs. */
    SystemRow set(String column, @Nullable Object value) {
        int index = relation.columns().indexOf(column);
        Invariant.check(index >= 0, "%s has a column %s", relation.name(), column);
        values[index] = value instanceof Integer number ? (Long) (long) number : value;
        return this;
    }

    @Nullable Object[] values() {
        return values;
    }
}
