package io.faraddb.node.pgwire;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Supplier;

/** How sockets are waited for. */
enum PgTransport {
    /** Linux's own. */
    EPOLL(
            EpollIoHandler::newFactory,
            EpollServerSocketChannel.class,
            EpollServerDomainSocketChannel.class) {
        @Override
        SocketAddress localAddress(Path file) {
            return new DomainSocketAddress(file.toString());
        }
    },
    /** What every JVM has. */
    NIO(
            NioIoHandler::newFactory,
            NioServerSocketChannel.class,
            NioServerDomainSocketChannel.class) {
        @Override
        SocketAddress localAddress(Path file) {
            return UnixDomainSocketAddress.of(file);
        }
    };

    private final Supplier<IoHandlerFactory> handlers;
    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends ServerChannel> localServerChannel;

    PgTransport(
            Supplier<IoHandlerFactory> handlers,
            Class<? extends ServerChannel> serverChannel,
            Class<? extends ServerChannel> localServerChannel) {
        this.handlers = handlers;
        this.serverChannel = serverChannel;
        this.localServerChannel = localServerChannel;
    }

    static PgTransport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    IoHandlerFactory newIoHandlerFactory() {
        return handlers.get();
    }

    /** Of a port. */
    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    /** Of a Unix-domain socket. */
    Class<? extends ServerChannel> localServerChannel() {
        return localServerChannel;
    }

    /** Of a Unix-domain socket, in the form that its channel takes. */
    abstract SocketAddress localAddress(Path file);
}
