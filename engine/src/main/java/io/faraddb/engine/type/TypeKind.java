package io.faraddb.engine.type;

/**
 * The kinds of SQL type and the one Java class whose values stand for each at run time.
 *
 * <p>All integer kinds share {@link Long}, all moments share {@link Long} too, so that comparing,
 * hashing and key encoding have one case each.
 */
public enum TypeKind {
    BOOLEAN(16, "boolean", Boolean.class),
    SMALLINT(21, "smallint", Long.class),
    INTEGER(23, "integer", Long.class),
    BIGINT(20, "bigint", Long.class),
    REAL(700, "real", Float.class),
    DOUBLE(701, "double precision", Double.class),
    NUMERIC(1700, "numeric", java.math.BigDecimal.class),
    TEXT(25, "text", String.class),
    VARCHAR(1043, "character varying", String.class),
    /** Blank-padded to its length when stored; trailing blanks do not count in comparisons. */
    CHAR(1042, "character", String.class),
    BYTEA(17, "bytea", byte[].class),
    /** Days since 1970-01-01. */
    DATE(1082, "date", Long.class),
    /** Microseconds since midnight. */
    TIME(1083, "time without time zone", Long.class),
    /** Microseconds since 1970-01-01T00:00:00 without a zone. */
    TIMESTAMP(1114, "timestamp without time zone", Long.class),
    /** Microseconds since 1970-01-01T00:00:00Z. */
    TIMESTAMPTZ(1184, "timestamp with time zone", Long.class),
    UUID(2950, "uuid", java.util.UUID.class),
    // Below: kinds of expressions and of the system catalog, not of users' columns.
    INTERVAL(1186, "interval", Interval.class),
    OID(26, "oid", Long.class),
    NAME(19, "name", String.class),
    /** PostgreSQL's one-byte "char". */
    INTERNAL_CHAR(18, "\"char\"", String.class),
    REGCLASS(2205, "regclass", Long.class),
    REGTYPE(2206, "regtype", Long.class),
    REGPROC(24, "regproc", Long.class),
    REGNAMESPACE(4089, "regnamespace", Long.class),
    XID(28, "xid", Long.class),
    /** Values are {@code List<@Nullable Object>} of the element type. */
    ARRAY(2277, "anyarray", java.util.List.class),
    /** Values are {@code List<@Nullable Object>}. */
    RECORD(2249, "record", java.util.List.class),
    /** A string literal or parameter whose type is not inferred yet. */
    UNKNOWN(705, "unknown", String.class),
    VOID(2278, "void", Object.class);

    private final int oid;
    private final String sqlName;
    private final Class<?> javaClass;

    TypeKind(int oid, String sqlName, Class<?> javaClass) {
        this.oid = oid;
        this.sqlName = sqlName;
        this.javaClass = javaClass;
    }

    /** PostgreSQL's type oid. */
    public int oid() {
        return oid;
    }

    /** As {@code format_type} names it, without length or precision. */
    public String sqlName() {
        return sqlName;
    }

    public Class<?> javaClass() {
        return javaClass;
    }

    public boolean isInteger() {
        return this == SMALLINT || this == INTEGER || this == BIGINT;
    }

    public boolean isNumber() {
        return isInteger() || this == REAL || this == DOUBLE || this == NUMERIC;
    }

    /** Whether values of both kinds are compared as they are, none of them converted before. */
    public boolean comparesWith(TypeKind other) {
        return (isInteger() && other.isInteger())
                || (isFloat() && other.isFloat())
                || (isMoment() && other.isMoment());
    }

    private boolean isFloat() {
        return this == REAL || this == DOUBLE;
    }

    private boolean isMoment() {
        return this == DATE || this == TIMESTAMP || this == TIMESTAMPTZ;
    }

    public boolean isString() {
        return this == TEXT || this == VARCHAR || this == CHAR || this == NAME;
    }

    /** Whether users may declare a column of this kind. */
    public boolean isColumnType() {
        return compareTo(UUID) <= 0;
    }
}
