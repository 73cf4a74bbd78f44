package io.faraddb.engine.sql.bind.expression;

/** Where an expression stands, which decides what it may hold. */
public enum Clause {
    SELECT("SELECT", true, true),
    HAVING("HAVING", true, false),
    ORDER_BY("ORDER BY", true, true),
    GROUP_BY("GROUP BY", false, false),
    DISTINCT_ON("DISTINCT ON", true, true),
    WHERE("WHERE", false, false),
    JOIN("JOIN conditions", false, false),
    FROM_FUNCTION("functions in FROM", false, false),
    VALUES("VALUES", false, false),
    LIMIT("LIMIT", false, false),
    OFFSET("OFFSET", false, false),
    AGGREGATE("aggregate function calls", false, false),
    FILTER("FILTER", false, false),
    UPDATE("UPDATE", false, false),
    RETURNING("RETURNING", false, false),
    ON_CONFLICT("ON CONFLICT", false, false),
    DEFAULT("DEFAULT expressions", false, false),
    CHECK("check constraints", false, false),
    CALL("CALL arguments", false, false);

    private final String label;
    private final boolean aggregates;
    private final boolean setFunctions;

    Clause(String label, boolean aggregates, boolean setFunctions) {
        this.label = label;
        this.aggregates = aggregates;
        this.setFunctions = setFunctions;
    }

    /** As messages name it. */
    public String label() {
        return label;
    }

    boolean allowsAggregates() {
        return aggregates;
    }

    boolean allowsSetFunctions() {
        return setFunctions;
    }
}
