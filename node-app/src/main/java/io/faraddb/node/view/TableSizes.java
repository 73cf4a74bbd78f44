package io.faraddb.node.view;

import io.faraddb.engine.Engine;
import io.faraddb.engine.storage.TableSize;
import io.faraddb.node.engine.NodeEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * What tables take in each partition. Asked of the sites, at most once a second; a site that does
 * not answer in time, because something long runs on it, is told of as it last was.
 */
@Component
public final class TableSizes {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

    private final NodeEngine node;
    private List<Map<Integer, TableSize>> byPartition = List.of();
    private long readNanos;

    public TableSizes(NodeEngine node) {
        this.node = node;
    }

    /** For each partition the sizes by the table's oid. */
    public synchronized List<Map<Integer, TableSize>> byPartition() {
        boolean stale = System.nanoTime() - readNanos > FRESH.toNanos();
        if (byPartition.isEmpty() || stale) {
            byPartition = read(node.engine());
            readNanos = System.nanoTime();
        }
        return byPartition;
    }

    private List<Map<Integer, TableSize>> read(Engine engine) {
        List<CompletableFuture<List<TableSize>>> asked =
                engine.partitions().sites().stream().map(site -> site.tableSizes()).toList();
        long deadline = System.nanoTime() + ANSWER_MAX.toNanos();
        List<Map<Integer, TableSize>> answers = new ArrayList<>();
        for (int partition = 0; partition < asked.size(); partition++) {
            long left = Math.max(0, deadline - System.nanoTime());
            answers.add(await(asked.get(partition), left, partition));
        }
        return answers;
    }

    private Map<Integer, TableSize> await(
            CompletableFuture<List<TableSize>> asked, long nanosMax, int partition) {
        try {
            Map<Integer, TableSize> sizes = new HashMap<>();
            asked.get(nanosMax, TimeUnit.NANOSECONDS)
                    .forEach(size -> sizes.put(size.table(), size));
            return sizes;
        } catch (TimeoutException | ExecutionException late) {
            return partition < byPartition.size() ? byPartition.get(partition) : Map.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return partition < byPartition.size() ? byPartition.get(partition) : Map.of();
        }
    }
}
