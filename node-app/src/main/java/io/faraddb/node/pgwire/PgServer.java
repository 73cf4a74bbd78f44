package io.faraddb.node.pgwire;

import io.faraddb.engine.site.SiteWaker;
import io.faraddb.node.pgwire.connection.Connection;
import io.faraddb.node.pgwire.connection.PgMetrics;
import io.faraddb.node.pgwire.connection.PgServerConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL port, and a socket for clients of the same machine. */
public final class PgServer {

    private static final Logger LOG = LoggerFactory.getLogger(PgServer.class);
    private static final Duration QUIET = Duration.ZERO;
    private static final Duration LOOP_SHUTDOWN_MAX = Duration.ofSeconds(2);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);
    private static final int BACKLOG = 1_024;

    private final PgServerConfig config;
    private final Backend backend;
    private final @Nullable PgTls tls;
    private final PgMetrics metrics = new PgMetrics();
    private final CancelRegistry cancels = new CancelRegistry();
    private final SecureRandom random = new SecureRandom();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Map<EventLoop, SiteWaker> wakers = new ConcurrentHashMap<>();
    private final CountDownLatch empty = new CountDownLatch(1);
    private volatile boolean draining;
    private @Nullable EventLoopGroup loops;
    private @Nullable Channel listener;
    private @Nullable LocalSocket socket;

    /**
     * @param tls null without TLS
     */
    public PgServer(PgServerConfig config, Backend backend, @Nullable PgTls tls) {
        this.config = config;
        this.backend = backend;
        this.tls = tls;
    }

    /**
     * Listens.
     *
     * @return the port
     * @throws IOException if the port is taken, or no socket can be made where one has to be
     */
    public int start() throws IOException {
        return start(PgTransport.best());
    }

    int start(PgTransport transport) throws IOException {
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(
                        config.eventLoops(),
                        new DefaultThreadFactory("farad-pg", true),
                        transport.newIoHandlerFactory());
        loops = group;
        try {
            Channel listening = listen(transport, group);
            listener = listening;
            int port = ((InetSocketAddress) listening.localAddress()).getPort();
            socket = openSocket(transport, group, port);
            return port;
        } catch (IOException e) {
            var unused = group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw e;
        }
    }

    private Channel listen(PgTransport transport, EventLoopGroup group) throws IOException {
        var bound =
                bootstrap(group, false)
                        .channel(transport.serverChannel())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .bind(config.bind(), config.port())
                        .awaitUninterruptibly();
        if (bound.cause() != null) {
            throw cannotListen(config.bind() + ":" + config.port(), bound.cause());
        }
        return bound.channel();
    }

    static IOException cannotListen(String place, Throwable cause) {
        return new IOException(
                "cannot listen on " + place + " (" + cause.getMessage() + ")", cause);
    }

    private @Nullable LocalSocket openSocket(PgTransport transport, EventLoopGroup group, int port)
            throws IOException {
        PgServerConfig.SocketPlace place = config.socket();
        if (place == null) {
            return null;
        }
        try {
            return LocalSocket.open(place.directory(), port, transport, bootstrap(group, true));
        } catch (IOException e) {
            if (place.required()) {
                throw e;
            }
            LOG.warn("no Unix-domain socket, clients come by the port alone: {}", e.getMessage());
            return null;
        }
    }

    private ServerBootstrap bootstrap(EventLoopGroup group, boolean local) {
        int high = config.writeBufferBytesMax();
        return new ServerBootstrap()
                .group(group)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(high / 2, high))
                .childHandler(new NewConnection(local));
    }

    /** The Unix-domain socket; null without one. */
    public @Nullable Path socketFile() {
        LocalSocket open = socket;
        return open == null ? null : open.file();
    }

    private final class NewConnection extends ChannelInitializer<Channel> {

        private final boolean local;

        NewConnection(boolean local) {
            this.local = local;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (metrics.loggingIn() >= PgServerConfig.LOGINS_MAX) {
                metrics.reject(PgMetrics.Rejection.TOO_MANY);
                var unused = channel.close();
                return;
            }
            channel.pipeline().addLast("login", new LoginHandler(PgServer.this, local));
        }
    }

    /**
     * Takes no more connections, lets transactions end for so long, then closes all.
     *
     * @param limit for transactions that run
     */
    public void stop(Duration limit) {
        draining = true;
        Channel listening = listener;
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
        closeSocket();
        connections.forEach(Connection::drain);
        awaitEmpty(limit);
        connections.forEach(Connection::shutDownNow);
        awaitEmpty(CLOSE_MAX);
        EventLoopGroup group = loops;
        if (group != null) {
            group.shutdownGracefully(
                            QUIET.toMillis(), LOOP_SHUTDOWN_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly();
        }
    }

    private void closeSocket() {
        LocalSocket open = socket;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            LOG.warn("{} stays behind, the next start removes it: {}", open.file(), e.getMessage());
        }
    }

    private void awaitEmpty(Duration limit) {
        if (connections.isEmpty()) {
            return;
        }
        try {
            if (!empty.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void added(Connection connection) {
        connections.add(connection);
        if (draining) {
            connection.drain();
        }
    }

    void removed(Connection connection) {
        cancels.remove(connection.session());
        connections.remove(connection);
        if (draining && connections.isEmpty()) {
            empty.countDown();
        }
    }

    SiteWaker waker(EventLoop loop) {
        return wakers.computeIfAbsent(loop, RoundWaker::new);
    }

    boolean isDraining() {
        return draining;
    }

    String randomBase64(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return Base64.getEncoder().encodeToString(drawn);
    }

    PgServerConfig config() {
        return config;
    }

    Backend backend() {
        return backend;
    }

    @Nullable PgTls tls() {
        return tls;
    }

    public PgMetrics metrics() {
        return metrics;
    }

    CancelRegistry cancels() {
        return cancels;
    }
}
