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
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL port. */
public final class PgServer {

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
     * @throws IOException if the port is taken
     */
    public int start() throws IOException {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> channel =
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(
                        config.eventLoops(), new DefaultThreadFactory("farad-pg", true), io);
        loops = group;
        int high = config.writeBufferBytesMax();
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(group)
                        .channel(channel)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(high / 2, high))
                        .childHandler(new NewConnection());
        var bound = bootstrap.bind(config.bind(), config.port()).awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure != null) {
            var unused = group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw new IOException(
                    "cannot listen on " + config.bind() + ":" + config.port(), failure);
        }
        listener = bound.channel();
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    private final class NewConnection extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            if (metrics.loggingIn() >= PgServerConfig.LOGINS_MAX) {
                metrics.reject(PgMetrics.Rejection.TOO_MANY);
                var unused = channel.close();
                return;
            }
            channel.pipeline().addLast("login", new LoginHandler(PgServer.this));
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
