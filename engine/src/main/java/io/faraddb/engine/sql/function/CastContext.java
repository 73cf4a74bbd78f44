package io.faraddb.engine.sql.function;

/** Where a change of type happens; each allows what the ones before it allow. */
public enum CastContext {
    /** In any expression, without being asked for. */
    IMPLICIT,
    /** When a value is stored in a column. */
    ASSIGNMENT,
    /** Written as a cast. */
    EXPLICIT
}
