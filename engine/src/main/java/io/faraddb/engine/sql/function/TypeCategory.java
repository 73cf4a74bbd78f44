package io.faraddb.engine.sql.function;

import io.faraddb.engine.type.TypeKind;

/** PostgreSQL's typcategory: families of types, the preferred one of which wins a tie. */
public enum TypeCategory {
    BOOLEAN,
    NUMERIC,
    STRING,
    DATE_TIME,
    TIMESPAN,
    ARRAY,
    USER_DEFINED,
    INTERNAL,
    PSEUDO,
    UNKNOWN;

    public static TypeCategory of(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> BOOLEAN;
            case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, NUMERIC -> NUMERIC;
            case OID, REGCLASS, REGTYPE, REGPROC, REGNAMESPACE -> NUMERIC;
            case TEXT, VARCHAR, CHAR, NAME -> STRING;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> DATE_TIME;
            case INTERVAL -> TIMESPAN;
            case ARRAY -> ARRAY;
            case BYTEA, UUID, XID -> USER_DEFINED;
            case INTERNAL_CHAR -> INTERNAL;
            case RECORD, VOID -> PSEUDO;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** Whether a kind is the one that its category prefers. */
    public static boolean isPreferred(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN, DOUBLE, OID, TEXT, TIMESTAMPTZ, INTERVAL -> true;
            default -> false;
        };
    }
}
