package io.faraddb.node.engine;

import io.faraddb.engine.Engine;
import io.faraddb.engine.EngineConfig;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.memory.MemoryLimits;
import io.faraddb.engine.recovery.RecoveryProgress;
import io.faraddb.engine.recovery.SnapshotPolicy;
import io.faraddb.engine.site.SiteLimits;
import io.faraddb.engine.time.SystemTime;
import io.faraddb.node.config.BindCheck;
import io.faraddb.node.config.DataDirectory;
import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.config.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Opens the engine before any port listens and closes it after the last one has closed. */
@Component
public final class NodeEngine implements SmartLifecycle {

    /** Begins before the ports, ends after them. */
    public static final int PHASE = DEFAULT_PHASE - 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(NodeEngine.class);

    private final FaradProperties properties;
    private final DataDirectory directory;
    private final NodeFiles files;
    private final MemoryLimits memory;
    private final SnapshotRestore restore;
    private final Accounts accounts = new Accounts(name -> engine().user(name));
    private volatile @Nullable Engine engine;
    private volatile NodeFiles.@Nullable Opened openedFiles;
    private @Nullable String newAdminPassword;

    public NodeEngine(
            FaradProperties properties,
            DataDirectory directory,
            NodeFiles files,
            MemoryLimits memory,
            SnapshotRestore restore) {
        this.properties = properties;
        this.directory = directory;
        this.files = files;
        this.memory = memory;
        this.restore = restore;
    }

    /** The engine; only while the node runs. */
    public Engine engine() {
        return Invariant.notNull(engine, "the engine is open");
    }

    /** Its logs and snapshots; only while the node runs. */
    public NodeFiles.Opened files() {
        return Invariant.notNull(openedFiles, "the files are open");
    }

    public Accounts accounts() {
        return accounts;
    }

    /** The random password that this start gave to admin, if it made one. */
    public @Nullable String newAdminPassword() {
        return newAdminPassword;
    }

    /** What makes it impossible to go on, if anything. */
    public @Nullable Throwable broken() {
        Engine running = engine;
        if (running == null) {
            return new IllegalStateException("the engine is not open");
        }
        return running.partitions().sites().stream()
                .map(site -> site.broken())
                .filter(cause -> cause != null)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void start() {
        BindCheck.check(properties);
        checkCluster();
        int partitions = ClusterFile.partitions(directory.path(), properties.cluster());
        try {
            Path before = restore.apply();
            if (before != null) {
                LOG.info("a snapshot was put in the place of all before, which is in {}", before);
                System.out.println("Restoring a snapshot; what was there before is in " + before);
            }
            NodeFiles.Opened opened = files.open();
            openedFiles = opened;
            engine = open(opened, partitions);
            makeAdmin();
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.CANNOT_CREATE,
                    "cannot use the data directory " + directory.path() + ": " + e.getMessage(),
                    "Make it writable and see that its disk has room.",
                    e);
        }
        engine().warmUp();
        LOG.info("engine open, partitions={} dataDir={}", partitions, directory.path());
    }

    private Engine open(NodeFiles.Opened opened, int partitions) {
        RecoveryProgress progress = new RecoveryProgress();
        try (RecoveryReport report = new RecoveryReport(progress, System.out)) {
            report.start();
            return Engine.open(
                    config(partitions), opened, opened.snapshots(), SystemTime.INSTANCE, progress);
        }
    }

    private EngineConfig config(int partitions) {
        FaradProperties.Limits limits = properties.limits();
        FaradProperties.Snapshot snapshot = properties.snapshot();
        return EngineConfig.of(partitions)
                .withSiteLimits(
                        SiteLimits.DEFAULT
                                .withQueueMax(limits.queueMax())
                                .withExecutionMax(limits.executionTime()))
                .withMemory(memory)
                .withSnapshotPolicy(
                        new SnapshotPolicy(snapshot.interval(), snapshot.logSize().toBytes()));
    }

    private void checkCluster() {
        if (!properties.cluster().join().isEmpty() || properties.cluster().replicas() > 1) {
            throw new StartFailure(
                    StartFailure.BAD_CONFIGURATION,
                    "several copies of a partition are not supported yet",
                    "Start without --join and with --replicas 1.");
        }
        warnOfUnusedPort(
                "farad.cluster.port",
                properties.cluster().port(),
                FaradProperties.Cluster.DEFAULT_PORT);
        warnOfUnusedPort(
                "farad.volt.port", properties.volt().port(), FaradProperties.Volt.DEFAULT_PORT);
    }

    private static void warnOfUnusedPort(String property, int port, int defaultPort) {
        if (port != defaultPort) {
            LOG.warn("nothing listens on the port of {} yet, whatever it is set to", property);
        }
    }

    private void makeAdmin() throws IOException {
        if (engine().user(Accounts.ADMIN) != null) {
            return;
        }
        String given = properties.adminPassword();
        String password = given == null || given.isEmpty() ? accounts.randomPassword() : given;
        if (!password.equals(given)) {
            directory.writeAdminPassword(password);
            newAdminPassword = password;
        }
        engine().putUser(Accounts.ADMIN, accounts.newVerifier(password), true);
    }

    @Override
    public void stop() {
        Engine running = engine;
        engine = null;
        if (running != null) {
            running.close();
        }
        NodeFiles.Opened opened = openedFiles;
        openedFiles = null;
        if (opened != null) {
            opened.close();
        }
        try {
            directory.close();
        } catch (IOException e) {
            LOG.warn("the data directory could not be given back", e);
        }
        LOG.info("engine closed");
    }

    @Override
    public boolean isRunning() {
        return engine != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
