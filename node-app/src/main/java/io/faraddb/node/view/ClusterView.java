package io.faraddb.node.view;

import io.faraddb.console.cluster.ClusterSource;
import io.faraddb.console.cluster.History;
import io.faraddb.console.cluster.LogState;
import io.faraddb.console.cluster.NodeStatus;
import io.faraddb.console.cluster.NodeStatus.State;
import io.faraddb.console.cluster.RingMap;
import io.faraddb.console.cluster.Sample;
import io.faraddb.console.cluster.Topology;
import io.faraddb.console.cluster.Window;
import io.faraddb.engine.Engine;
import io.faraddb.engine.log.LogStats;
import io.faraddb.engine.memory.MemoryLimits;
import io.faraddb.engine.recovery.SnapshotRun;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.storage.TableSize;
import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.engine.NodeDisk;
import io.faraddb.node.engine.NodeEngine;
import io.faraddb.node.engine.SnapshotRestore;
import io.faraddb.node.history.HistoryRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** How this node, which holds all partitions, is. */
@Component
public final class ClusterView implements ClusterSource {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final FaradProperties properties;
    private final NodeEngine node;
    private final NodeDisk disk;
    private final HistoryRecorder history;
    private final TableSizes sizes;
    private final MemoryLimits memory;
    private final SnapshotRestore restore;
    private final Instant startedAt = Instant.now();

    public ClusterView(
            FaradProperties properties,
            NodeEngine node,
            NodeDisk disk,
            HistoryRecorder history,
            TableSizes sizes,
            MemoryLimits memory,
            SnapshotRestore restore) {
        this.properties = properties;
        this.node = node;
        this.disk = disk;
        this.history = history;
        this.sizes = sizes;
        this.memory = memory;
        this.restore = restore;
    }

    /** The release that runs. */
    public static String version() {
        String version = ClusterView.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    @Override
    public NodeStatus status() {
        Engine engine = node.engine();
        Concerns concerns = Concerns.of(facts(engine));
        return new NodeStatus(
                version(),
                properties.node().name(),
                concerns.state(),
                verdict(concerns, engine.partitions().sites().size()),
                concerns.sentences(),
                startedAt,
                Duration.between(startedAt, Instant.now()).toSeconds(),
                engine.partitions().sites().size(),
                properties.cluster().replicas(),
                engine.sessionStats().openSessions(),
                engine.transactionStats().inFlight(),
                engine.transactionStats().ended(),
                engine.sessionStats().failures(),
                engine.catalog().version());
    }

    private Concerns.Facts facts(Engine engine) {
        List<SiteThread> sites = engine.partitions().sites();
        SnapshotRun snapshot = engine.snapshotsOnDisk().latest();
        return new Concerns.Facts(
                sites.size(),
                numbers(sites, site -> site.broken() != null),
                numbers(sites, site -> site.broken() == null && !site.stats().leads()),
                diskFull(),
                disk.freeBytes(),
                sites.stream().mapToInt(SiteThread::queueDepth).max().orElse(0),
                properties.limits().queueMax(),
                sizes.byPartition().stream()
                        .flatMap(partition -> partition.values().stream())
                        .mapToLong(size -> bytes(size))
                        .sum(),
                Runtime.getRuntime().maxMemory(),
                memory.heapFull(),
                snapshot != null && snapshot.state() == SnapshotRun.State.FAILED,
                restore.requested());
    }

    private static long bytes(TableSize size) {
        return size.rowBytes() + size.allIndexBytes();
    }

    private static List<Integer> numbers(List<SiteThread> sites, Predicate<SiteThread> which) {
        return sites.stream().filter(which).map(SiteThread::partition).toList();
    }

    /** Until something is written again nobody knows better, unless a segment of room shows up. */
    private boolean diskFull() {
        return node.files().logStats().diskFull()
                && disk.freeBytes() < properties.log().segmentSize().toBytes();
    }

    private String verdict(Concerns concerns, int partitions) {
        return switch (concerns.state()) {
            case DOWN -> "The database is down: no partition takes work.";
            case DEGRADED -> "The database does only a part of its work.";
            case UP -> {
                Sample minute = history.lastMinute();
                Double sync = minute == null ? null : minute.syncP99Seconds();
                String work =
                        switch (partitions) {
                            case 1 -> "The partition takes work";
                            case 2 -> "Both partitions take work";
                            default -> "All " + partitions + " partitions take work";
                        };
                String log =
                        sync == null
                                ? "nothing was written in the last minute"
                                : String.format(
                                        Locale.ROOT,
                                        "99 %% of writes are on disk within %.1f ms",
                                        sync * MILLIS_PER_SECOND);
                String but =
                        concerns.sentences().isEmpty() ? "" : " Something needs looking after:";
                yield work + "; " + log + "." + but;
            }
        };
    }

    @Override
    public Topology topology() {
        String name = properties.node().name();
        Engine engine = node.engine();
        State state = Concerns.of(facts(engine)).state();
        return new Topology(
                List.of(new Topology.Node(name, state)),
                engine.partitions().sites().stream().map(site -> partition(site, name)).toList());
    }

    private Topology.Partition partition(SiteThread site, String name) {
        return new Topology.Partition(
                site.partition(),
                name,
                List.of(name),
                site.broken() == null && site.stats().leads(),
                site.stats().appliedIndex(),
                site.queueDepth(),
                history.busyShare(site.partition()),
                site.stats().transactions());
    }

    @Override
    public RingMap ring() {
        TokenRing ring = node.engine().partitions().ring();
        return new RingMap(
                ring.partitions(),
                ring.token(0),
                ring.token(1) - ring.token(0),
                IntStream.range(0, TokenRing.TOKENS).mapToObj(ring::partitionOfToken).toList());
    }

    @Override
    public LogState log() {
        LogStats log = node.files().logStats();
        Sample minute = history.lastMinute();
        var live = history.latest();
        long syncs = log.syncNanos().count();
        return new LogState(
                properties.log().durability().name().toLowerCase(Locale.ROOT),
                live == null ? 0 : live.sample().logBytesPerSecond(),
                minute == null ? null : minute.syncP50Seconds(),
                minute == null ? null : minute.syncP99Seconds(),
                log.writtenBytes(),
                syncs == 0 ? 0 : (double) log.entries() / syncs,
                syncs,
                node.files().queuedAppends(),
                log.refusedAppends() + log.backpressure(),
                diskFull(),
                disk.freeBytes(),
                disk.totalBytes());
    }

    @Override
    public History history(Window window) {
        return History.of(window, history.samples(window));
    }
}
