package io.faraddb.node.pgwire;

import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.config.StartFailure;
import io.faraddb.node.engine.NodeEngine;
import io.faraddb.node.pgwire.connection.PgMetrics;
import io.faraddb.node.pgwire.connection.PgServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The PostgreSQL port and socket in the node's life: after the engine opens, before it closes. */
@Component
public final class PgPort implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PgPort.class);
    private static final int CORES_PER_LOOP = 2;

    private final FaradProperties properties;
    private final PgServer server;
    private volatile boolean running;
    private int port;

    public PgPort(FaradProperties properties, NodeEngine node, SslBundles bundles) {
        this.properties = properties;
        server =
                new PgServer(
                        config(properties),
                        new EngineBackend(node),
                        tls(properties.tls().bundle(), bundles));
    }

    private static PgServerConfig config(FaradProperties properties) {
        FaradProperties.Pg pg = properties.pg();
        int cores = Runtime.getRuntime().availableProcessors();
        return new PgServerConfig(
                properties.bind(),
                pg.port(),
                socket(properties),
                Math.max(1, cores / CORES_PER_LOOP),
                pg.connectionsMax(),
                pg.authenticationTimeout(),
                Math.toIntExact(pg.messageSizeMax().toBytes()),
                Math.toIntExact(pg.writeBufferMax().toBytes()),
                pg.writeStallTimeout(),
                properties.insecure());
    }

    private static PgServerConfig.@Nullable SocketPlace socket(FaradProperties properties) {
        String asked = properties.pg().socketDir();
        if (asked == null) {
            Path directory = properties.dataDir().toAbsolutePath().normalize();
            if (FaradProperties.Pg.isTooLongForSocket(directory)) {
                LOG.warn(
                        "no Unix-domain socket: the path of {} is too long for one; choose another"
                                + " directory with --pg-socket-dir",
                        directory);
                return null;
            }
            return new PgServerConfig.SocketPlace(directory, false);
        }
        return asked.isEmpty() ? null : new PgServerConfig.SocketPlace(Path.of(asked), true);
    }

    private static @Nullable PgTls tls(@Nullable String name, SslBundles bundles) {
        if (name == null) {
            return null;
        }
        SslBundle bundle = bundles.getBundle(name);
        PgTls tls = new PgTls(bundle.createSslContext());
        bundles.addBundleUpdateHandler(name, renewed -> tls.replace(renewed.createSslContext()));
        return tls;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** The directory of the Unix-domain socket; null without one. */
    public @Nullable Path socketDirectory() {
        Path file = server.socketFile();
        return file == null ? null : file.toAbsolutePath().getParent();
    }

    public PgMetrics metrics() {
        return server.metrics();
    }

    @Override
    public void start() {
        try {
            port = server.start();
            running = true;
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.UNAVAILABLE,
                    String.valueOf(e.getMessage()),
                    "Stop what uses it, or choose another with --pg-port or --pg-socket-dir.",
                    e);
        }
    }

    @Override
    public void stop() {
        running = false;
        server.stop(properties.shutdownTimeout());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return NodeEngine.PHASE + 1_000;
    }
}
