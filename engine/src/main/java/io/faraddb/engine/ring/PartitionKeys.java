package io.faraddb.engine.ring;

import io.faraddb.engine.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * An integer for each partition that falls on it: the least one from 0. VoltDB's
 * {@code @GetPartitionKeys} answers such integers. They are the same for ever, since a cluster's
 * number of partitions is. Immutable.
 */
public final class PartitionKeys {

    private final TokenRing ring;
    private final long[] keys;

    public PartitionKeys(TokenRing ring) {
        this.ring = ring;
        this.keys = new long[ring.partitions()];
        boolean[] found = new boolean[keys.length];
        int missing = keys.length;
        for (long key = 0; missing > 0; key++) {
            int partition = ring.partitionOf(TypeKind.BIGINT, key);
            if (!found[partition]) {
                found[partition] = true;
                keys[partition] = key;
                missing--;
            }
        }
    }

    /** The partition's integer. */
    public long of(int partition) {
        return keys[partition];
    }

    /**
     * The integer of the partition that a value of a partitioning column falls on.
     *
     * @param kind of the column
     */
    public long of(TypeKind kind, @Nullable Object value) {
        return keys[ring.partitionOf(kind, value)];
    }
}
