package io.faraddb.engine.type;

import io.faraddb.engine.error.Invariant;
import org.jspecify.annotations.Nullable;

/**
 * A SQL type with its modifiers.
 *
 * @param kind what it is
 * @param length characters of varchar(n) and char(n); -1 without a limit
 * @param precision total digits of numeric(p,s); -1 without a limit
 * @param scale digits behind the point of numeric(p,s); -1 without a limit
 * @param element type of an array's elements; null unless kind is ARRAY
 */
public record SqlType(
        TypeKind kind, int length, int precision, int scale, @Nullable SqlType element) {

    public static final SqlType BOOLEAN = of(TypeKind.BOOLEAN);
    public static final SqlType SMALLINT = of(TypeKind.SMALLINT);
    public static final SqlType INTEGER = of(TypeKind.INTEGER);
    public static final SqlType BIGINT = of(TypeKind.BIGINT);
    public static final SqlType REAL = of(TypeKind.REAL);
    public static final SqlType DOUBLE = of(TypeKind.DOUBLE);
    public static final SqlType NUMERIC = of(TypeKind.NUMERIC);
    public static final SqlType TEXT = of(TypeKind.TEXT);
    public static final SqlType VARCHAR = of(TypeKind.VARCHAR);
    public static final SqlType BYTEA = of(TypeKind.BYTEA);
    public static final SqlType DATE = of(TypeKind.DATE);
    public static final SqlType TIME = of(TypeKind.TIME);
    public static final SqlType TIMESTAMP = of(TypeKind.TIMESTAMP);
    public static final SqlType TIMESTAMPTZ = of(TypeKind.TIMESTAMPTZ);
    public static final SqlType UUID = of(TypeKind.UUID);
    public static final SqlType INTERVAL = of(TypeKind.INTERVAL);
    public static final SqlType OID = of(TypeKind.OID);
    public static final SqlType NAME = of(TypeKind.NAME);
    public static final SqlType INTERNAL_CHAR = of(TypeKind.INTERNAL_CHAR);
    public static final SqlType REGCLASS = of(TypeKind.REGCLASS);
    public static final SqlType RECORD = of(TypeKind.RECORD);
    public static final SqlType UNKNOWN = of(TypeKind.UNKNOWN);
    public static final SqlType VOID = of(TypeKind.VOID);

    public SqlType {
        Invariant.check((kind == TypeKind.ARRAY) == (element != null), "an array has an element");
    }

    /** A type without modifiers. */
    public static SqlType of(TypeKind kind) {
        return new SqlType(kind, -1, -1, -1, null);
    }

    public static SqlType varchar(int length) {
        return new SqlType(TypeKind.VARCHAR, length, -1, -1, null);
    }

    public static SqlType character(int length) {
        return new SqlType(TypeKind.CHAR, length, -1, -1, null);
    }

    public static SqlType numeric(int precision, int scale) {
        return new SqlType(TypeKind.NUMERIC, -1, precision, scale, null);
    }

    public static SqlType array(SqlType element) {
        return new SqlType(TypeKind.ARRAY, -1, -1, -1, element);
    }

    /** This type without length, precision and scale. */
    public SqlType unmodified() {
        return element != null ? this : of(kind);
    }

    /** PostgreSQL's typmod: length + 4, or precision and scale packed; -1 without modifiers. */
    public int typeModifier() {
        if (length >= 0) {
            return length + 4;
        }
        return precision < 0 ? -1 : (precision << 16 | scale) + 4;
    }

    /** As {@code format_type(oid, typmod)} prints it. */
    @Override
    public String toString() {
        if (element != null) {
            return element + "[]";
        }
        if (length >= 0) {
            return kind.sqlName() + "(" + length + ")";
        }
        return precision < 0
                ? kind.sqlName()
                : kind.sqlName() + "(" + precision + "," + scale + ")";
    }
}
