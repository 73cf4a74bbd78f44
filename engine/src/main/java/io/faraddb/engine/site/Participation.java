package io.faraddb.engine.site;

import io.faraddb.engine.storage.Overlay;
import io.faraddb.engine.storage.ReadSet;
import io.faraddb.engine.storage.StoreSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * One partition's part of a transaction over several.
 *
 * @param transaction its number, unique for ever
 * @param participants partitions, the first one keeps the decision
 * @param reads what must not have changed since the snapshot; null to check nothing
 * @param changes what it writes here; may be empty
 * @param catalogVersion that its statements were planned for
 * @param owner the holder of the exclusive right that it runs under; null without
 */
public record Participation(
        long transaction,
        int[] participants,
        @Nullable ReadSet reads,
        Overlay changes,
        StoreSnapshot snapshot,
        long catalogVersion,
        @Nullable Object owner) {}
