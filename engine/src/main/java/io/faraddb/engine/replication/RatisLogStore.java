package io.faraddb.engine.replication;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.util.ExitUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicated logs of a node: one Ratis server, with a group for each partition that has a
 * replica here. See {@link RatisLog}.
 */
public final class RatisLogStore implements AutoCloseable {

    /** How long a log, or all of them, may take to close. */
    static final long CLOSE_MILLIS_MAX = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(RatisLogStore.class);

    private final Identity identity;
    private final RatisSettings settings;
    private final RaftServer server;
    private final ExecutorService executor =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("farad-ratis-task-", 0).factory());
    private final Map<Integer, RatisLog> logs = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();
    private final Map<RaftGroupId, StateMachine> machines = new ConcurrentHashMap<>();

    /**
     * Whose logs they are.
     *
     * @param database the same on all its nodes, and on no other's: members of another database are
     *     not talked to
     * @param node the name under which this node is a member of its groups
     * @param directory where the files are
     */
    public record Identity(String database, String node, Path directory) {}

    private RatisLogStore(Identity identity, RatisSettings settings, RaftProperties properties)
            throws IOException {
        this.identity = identity;
        this.settings = settings;
        // Ratis starts at once whatever group it finds in its directory; a partition's log starts
        // when its listener is there. So it is shown another directory until then.
        ServerProperties.setDirectory(
                properties, identity.directory().resolve("no-groups").toFile());
        this.server =
                RaftServer.newBuilder()
                        .setServerId(RatisGroup.peerId(identity.node()))
                        .setStateMachineRegistry(this::machineOf)
                        .setOption(RaftStorage.StartupOption.RECOVER)
                        .setProperties(properties)
                        .build();
        ServerProperties.setDirectory(server.getProperties(), identity.directory().toFile());
    }

    /**
     * Begins to listen to other members.
     *
     * @param bind the address to listen on; port 0 takes a free one, see {@link #address}
     * @throws SqlException IO_ERROR when the address is in use or the directory can't be used
     */
    public static RatisLogStore open(
            Identity identity, InetSocketAddress bind, RatisSettings settings) {
        keepTheProcessAlive();
        try {
            Path directory =
                    Files.createDirectories(identity.directory()).toAbsolutePath().normalize();
            RatisLogStore store =
                    new RatisLogStore(
                            new Identity(identity.database(), identity.node(), directory),
                            settings,
                            ServerProperties.of(settings, bind));
            store.start();
            return store;
        } catch (IOException | ExitUtils.ExitException e) {
            throw new SqlException(
                            ErrorCode.IO_ERROR,
                            "The replicated logs can't be opened in "
                                    + identity.directory()
                                    + " on address "
                                    + bind)
                    .detail(String.valueOf(e))
                    .hint("Check that nothing else listens there, and that the directory is ours.");
        }
    }

    private void start() throws IOException {
        try {
            server.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Ratis ends the process when a port is in use, or when any thread of the process dies. That is
     * not its to decide: a node says what is wrong.
     */
    private static void keepTheProcessAlive() {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        ExitUtils.disableSystemExit();
        Thread.setDefaultUncaughtExceptionHandler(handler);
    }

    private StateMachine machineOf(RaftGroupId group) {
        return Invariant.notNull(machines.get(group), "a group is joined by its partition's log");
    }

    /** Where this node listens. */
    public InetSocketAddress address() {
        return server.getServerRpc().getInetSocketAddress();
    }

    RatisSettings settings() {
        return settings;
    }

    /**
     * A partition's log; one at a time.
     *
     * @param members of its group, this node among them; the same on all of them
     * @throws SqlException DATA_CORRUPTED with the file and the place
     */
    public PartitionLog partition(int partition, List<RatisMember> members) {
        Invariant.check(
                members.stream().anyMatch(member -> member.name().equals(identity.node())),
                "this node is a member of its partitions' groups");
        CompletableFuture<Void> left = leaving.remove(partition);
        if (left != null) {
            await(left, "leave the group of partition " + partition);
        }
        RaftGroupId id = groupId(partition);
        try {
            Path files = identity.directory().resolve(id.getUuid().toString());
            SnapshotMarks marks = new SnapshotMarks(files.resolve("sm"));
            SnapshotMark mark = marks.latest();
            LogPosition base = mark == null ? LogPosition.START : mark.position();
            LogPosition end = LogTail.mend(files.resolve("current"), base);
            RatisGroup group = new RatisGroup(server, id, List.copyOf(members), executor);
            RatisLog log = new RatisLog(partition, this, group, marks, end);
            RatisLog before = logs.putIfAbsent(partition, log);
            Invariant.check(before == null, "the log of partition %d is open already", partition);
            LOG.atInfo().log("Partition {} is group {}", partition, id);
            return log;
        } catch (IOException e) {
            throw new SqlException(
                            ErrorCode.IO_ERROR,
                            "The replicated log of partition " + partition + " can't be read")
                    .detail(String.valueOf(e));
        }
    }

    private RaftGroupId groupId(int partition) {
        String name = identity.database() + "/" + partition;
        return RaftGroupId.valueOf(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** What a partition's replica does; CLOSED if there is none here. */
    public ReplicaState state(int partition) {
        RatisLog log = logs.get(partition);
        return log == null ? ReplicaState.CLOSED : log.state();
    }

    /**
     * Lets another member lead a partition. Appends are refused meanwhile.
     *
     * @param node that has all entries, or is about to
     * @return completes with whether it leads; false when this node does not lead
     */
    public CompletableFuture<Boolean> handOver(int partition, String node) {
        RatisLog log = logs.get(partition);
        return log == null
                ? CompletableFuture.completedFuture(false)
                : CompletableFuture.supplyAsync(() -> log.handOver(node), executor);
    }

    void join(RatisGroup group, StateMachine machine) throws IOException {
        machines.put(group.id(), machine);
        group.join();
    }

    /**
     * A log is closed.
     *
     * @param leave what is left to do; Ratis takes up to a second for it
     */
    void closed(int partition, RatisLog log, Runnable leave) {
        leaving.put(partition, runAsync(leave));
        logs.remove(partition, log);
    }

    void left(RatisGroup group) {
        machines.remove(group.id());
    }

    /** Runs something that may wait, on a thread of its own. */
    void run(String purpose, Runnable task) {
        executor.execute(() -> {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.atError().setCause(e).log("It was not possible to {}", purpose);
            }
        });
    }

    private CompletableFuture<Void> runAsync(Runnable task) {
        return CompletableFuture.runAsync(task, executor);
    }

    /** Waits at most a while for something to end. */
    void await(CompletableFuture<Void> task, String purpose) {
        try {
            task.get(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("It was not possible in time to {}", purpose);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes all logs, then stops to listen. */
    @Override
    public void close() {
        logs.values().forEach(RatisLog::close);
        leaving.values().forEach(left -> await(left, "leave the groups"));
        await(runAsync(this::closeServer), "stop the Ratis server");
        executor.shutdown();
    }

    /** Ends the server, whatever its logs are doing. */
    void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The Ratis server was not closed in order");
        }
    }
}
