package io.faraddb.node.pgwire;

import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.config.StartFailure;
import io.faraddb.node.engine.NodeEngine;
import io.faraddb.node.pgwire.connection.PgMetrics;
import io.faraddb.node.pgwire.connection.PgServerConfig;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The PostgreSQL port in the node's life: after the engine opens, before it closes. */
@Component
public final class PgPort implements SmartLifecycle {

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
                Math.max(1, cores / CORES_PER_LOOP),
                pg.connectionsMax(),
                pg.authenticationTimeout(),
                Math.toIntExact(pg.messageSizeMax().toBytes()),
                Math.toIntExact(pg.writeBufferMax().toBytes()),
                pg.writeStallTimeout(),
                properties.insecure());
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
                    e.getMessage()
                            + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")"),
                    "Stop what uses the port, or choose another with --pg-port.",
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
