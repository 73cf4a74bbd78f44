package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.sql.bind.Relation;
import java.util.IdentityHashMap;
import java.util.Map;

/** How many rows the relations of one query are expected to give. */
public final class RowEstimates {

    /** Of a relation that nobody has looked at. */
    public static final double UNKNOWN = -1;

    private final Map<Relation, Double> rows = new IdentityHashMap<>();

    void put(Relation relation, double estimate) {
        rows.put(relation, estimate);
    }

    /** {@link #UNKNOWN} if there is none. */
    public double of(Relation relation) {
        return rows.getOrDefault(relation, UNKNOWN);
    }
}
