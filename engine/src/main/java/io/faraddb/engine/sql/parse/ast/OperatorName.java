package io.faraddb.engine.sql.parse.ast;

import org.jspecify.annotations.Nullable;

/**
 * An operator as written.
 *
 * @param schema of {@code OPERATOR(schema.op)}; null without one
 */
public record OperatorName(@Nullable String schema, String symbol) {

    public static OperatorName of(String symbol) {
        return new OperatorName(null, symbol);
    }

    @Override
    public String toString() {
        return schema == null ? symbol : schema + "." + symbol;
    }
}
