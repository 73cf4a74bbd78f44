package io.faraddb.engine.sql.function.library;

/** Brings functions, operators and aggregates to a library. */
@FunctionalInterface
public interface FunctionSource {
    void define(Definitions definitions);
}
