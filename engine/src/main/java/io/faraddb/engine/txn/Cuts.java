package io.faraddb.engine.txn;

import io.faraddb.engine.site.PartitionImage;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.storage.StoreSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Snapshots of several partitions at one moment: the sites involved hold back what their logs
 * commit for one round trip, hand out a snapshot each, and go on.
 */
final class Cuts {

    private final Partitions partitions;

    Cuts(Partitions partitions) {
        this.partitions = partitions;
    }

    /** Waits for the sites. */
    Map<Integer, StoreSnapshot> take(Set<Integer> wanted) {
        if (wanted.size() == 1) {
            int only = wanted.iterator().next();
            return Map.of(only, Waits.join(partitions.site(only).snapshot()));
        }
        return held(wanted, snapshots -> snapshots);
    }

    /** All partitions whole. Waits for the sites. */
    List<PartitionImage> images() {
        Set<Integer> all = new TreeSet<>();
        partitions.sites().forEach(site -> all.add(site.partition()));
        return held(
                all,
                snapshots -> {
                    List<CompletableFuture<PartitionImage>> images =
                            partitions.sites().stream().map(SiteThread::image).toList();
                    return images.stream().map(Waits::join).toList();
                });
    }

    private <T> T held(Set<Integer> wanted, Function<Map<Integer, StoreSnapshot>, T> body) {
        Map<Integer, CompletableFuture<StoreSnapshot>> holds = new TreeMap<>();
        wanted.forEach(partition -> holds.put(partition, partitions.site(partition).hold()));
        try {
            Map<Integer, StoreSnapshot> snapshots = new TreeMap<>();
            holds.forEach((partition, hold) -> snapshots.put(partition, Waits.join(hold)));
            return body.apply(snapshots);
        } finally {
            holds.forEach((partition, hold) -> releaseOnceHeld(partitions.site(partition), hold));
        }
    }

    private static void releaseOnceHeld(SiteThread site, CompletableFuture<StoreSnapshot> hold) {
        var unused = hold.thenRun(site::release);
    }
}
