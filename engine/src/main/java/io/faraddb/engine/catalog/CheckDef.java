package io.faraddb.engine.catalog;

/**
 * A CHECK constraint.
 *
 * @param text the condition as SQL
 */
public record CheckDef(String name, String text) {}
