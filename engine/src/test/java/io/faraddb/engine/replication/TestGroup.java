package io.faraddb.engine.replication;

import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.log.RecordingListener;
import io.faraddb.engine.log.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The nodes of replica groups in this process, each with files of its own and cables between. */
public final class TestGroup implements AutoCloseable {

    public static final RatisSettings SETTINGS =
            RatisSettings.DEFAULT.withElectionTimeouts(
                    Duration.ofMillis(1500), Duration.ofMillis(100));

    /** For tests in which no leader is to fall, however starved the machine is. */
    public static final RatisSettings STEADY =
            SETTINGS.withElectionTimeouts(Duration.ofSeconds(5), Duration.ofMillis(100));

    private static final Duration LATE = Duration.ofSeconds(3);

    private final Path directory;
    private final RatisSettings settings;
    private final boolean firstStandsFirst;
    private final Supplier<RecordingListener> listenerSupply;
    private final Relay[][] relays;
    private final @Nullable RatisLogStore[] stores;
    private final List<Map<Integer, PartitionLog>> logs = new ArrayList<>();
    private final List<RecordingListener> listeners = new ArrayList<>();
    private final Map<List<Integer>, RecordingListener> listenersByPartition =
            new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Queue<CompletableFuture<Boolean>> asking = new ConcurrentLinkedQueue<>();

    /**
     * @param size how many members
     * @param firstStandsFirst if the first member is to lead when all have been started
     */
    public TestGroup(Path directory, int size, boolean firstStandsFirst, RatisSettings settings)
            throws IOException {
        this(directory, size, firstStandsFirst, settings, RecordingListener::new);
    }

    /**
     * @param listenerSupply makes the listener of each log
     */
    TestGroup(
            Path directory,
            int size,
            boolean firstStandsFirst,
            RatisSettings settings,
            Supplier<RecordingListener> listenerSupply)
            throws IOException {
        this.directory = directory;
        this.firstStandsFirst = firstStandsFirst;
        this.settings = settings;
        this.listenerSupply = listenerSupply;
        this.relays = new Relay[size][size];
        this.stores = new RatisLogStore[size];
        for (int from = 0; from < size; from++) {
            logs.add(new TreeMap<>());
            listeners.add(listenerSupply.get());
            for (int to = 0; to < size; to++) {
                relays[from][to] = new Relay();
            }
        }
    }

    public int size() {
        return stores.length;
    }

    Path directoryOf(int member) {
        return directory.resolve("node-" + member);
    }

    /** Starts a node, without its logs. */
    public RatisLogStore open(int member) {
        RatisLogStore store =
                RatisLogStore.open(
                        new RatisLogStore.Identity("test", "node-" + member, directoryOf(member)),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        firstStandsFirst && member > 0
                                ? settings.withElectionTimeouts(settings.electionTimeoutMin(), LATE)
                                : settings);
        stores[member] = store;
        logs.get(member).clear();
        for (Relay[] from : relays) {
            from[member].connectTo(store.address().getPort());
        }
        return store;
    }

    /** The members of the group as one of them sees them. */
    List<RatisMember> members(int viewer) {
        List<RatisMember> members = new ArrayList<>();
        for (int member = 0; member < size(); member++) {
            members.add(
                    new RatisMember("node-" + member, "127.0.0.1", relays[viewer][member].port()));
        }
        return members;
    }

    RatisLogStore store(int member) {
        RatisLogStore store = stores[member];
        if (store == null) {
            throw new IllegalStateException("node " + member + " is not open");
        }
        return store;
    }

    /** A member's log, which is not started yet. */
    public PartitionLog log(int member, int partition) {
        PartitionLog log = store(member).partition(partition, members(member));
        logs.get(member).put(partition, log);
        return log;
    }

    /** A member's log that is started, with a new listener. */
    public PartitionLog start(int member, int partition, LogPosition after) {
        RecordingListener listener = listenerSupply.get();
        listeners.set(member, listener);
        listenersByPartition.put(List.of(member, partition), listener);
        PartitionLog log = log(member, partition);
        log.start(after, listener);
        return log;
    }

    public PartitionLog startedLog(int member, int partition) {
        PartitionLog log = logs.get(member).get(partition);
        if (log == null) {
            throw new IllegalStateException("node " + member + " has no such log");
        }
        return log;
    }

    public RecordingListener listener(int member) {
        return listeners.get(member);
    }

    /** Of a member's log of one partition, where it has several. */
    public RecordingListener listener(int member, int partition) {
        RecordingListener listener = listenersByPartition.get(List.of(member, partition));
        if (listener == null) {
            throw new IllegalStateException("node " + member + " has no such log");
        }
        return listener;
    }

    /** Who believes to lead; negative if nobody does. */
    int leader() {
        return leaderOtherThan(-1);
    }

    int leaderOtherThan(int excluded) {
        for (int member = 0; member < size(); member++) {
            if (member != excluded && stores[member] != null && listener(member).leads()) {
                return member;
            }
        }
        return -1;
    }

    /** Whoever else leads a partition hands over to a member, if it is asked for the first time. */
    public void draw(int member, int partition) {
        for (int other = 0; other < size(); other++) {
            RatisLogStore store = stores[other];
            RecordingListener listener = listenersByPartition.get(List.of(other, partition));
            if (other != member
                    && store != null
                    && listener != null
                    && listener.leads()
                    && asked.add(other + "/" + partition + "/" + listener.term())) {
                asking.add(store.handOver(partition, "node-" + member));
            }
        }
    }

    /** Waits until all members have heard the same number of entries, and of the last one. */
    void awaitEqual() throws InterruptedException {
        Waiting.until(() -> leader() >= 0);
        RecordingListener leader = listener(leader());
        for (RecordingListener listener : listeners) {
            Waiting.until(listener, () -> listener.last().equals(leader.last()));
        }
    }

    /** A node ends without a word to its logs. */
    public void kill(int member) {
        store(member).closeServer();
        close(member);
    }

    /** Cuts a node off from all others, both ways. */
    void isolate(int member) {
        for (int other = 0; other < size(); other++) {
            if (other != member) {
                relays[member][other].cut();
                relays[other][member].cut();
            }
        }
    }

    void mend() {
        for (Relay[] from : relays) {
            for (Relay relay : from) {
                relay.mend();
            }
        }
    }

    public void close(int member) {
        RatisLogStore store = stores[member];
        if (store != null) {
            store.close();
            stores[member] = null;
        }
    }

    /** Closes the nodes; they can be opened again. */
    public void closeAll() {
        IntStream.range(0, size()).parallel().forEach(this::close);
    }

    @Override
    public void close() {
        closeAll();
        for (Relay[] from : relays) {
            for (Relay relay : from) {
                relay.close();
            }
        }
    }
}
