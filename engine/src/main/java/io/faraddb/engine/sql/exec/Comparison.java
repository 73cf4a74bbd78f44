package io.faraddb.engine.sql.exec;

/** A comparison of two values that are not null. */
@FunctionalInterface
interface Comparison {
    boolean holds(Object left, Object right, Frame frame);
}
