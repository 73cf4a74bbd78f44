package io.faraddb.node.pgwire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The Unix-domain socket where clients of the same machine come without a network, named as libpq
 * looks for it: {@code .s.PGSQL.} and the port.
 *
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-connection.html">
 *     unix_socket_directories</a>
 */
final class LocalSocket {

    /** Whoever reaches it needs a password, as at the port. PostgreSQL has the same default. */
    private static final String PERMISSIONS = "rwxrwxrwx";

    private final Path file;
    private final Channel listener;

    private LocalSocket(Path file, Channel listener) {
        this.file = file;
        this.listener = listener;
    }

    /**
     * Listens.
     *
     * @throws IOException if another server does so there, or no socket can be made
     */
    static LocalSocket open(Path directory, int port, PgTransport transport, ServerBootstrap server)
            throws IOException {
        Path file = directory.resolve(".s.PGSQL." + port);
        removeLeftOver(file);
        var bound =
                server.channel(transport.localServerChannel())
                        .bind(transport.localAddress(file))
                        .awaitUninterruptibly();
        if (bound.cause() != null) {
            throw PgServer.cannotListen(file.toString(), bound.cause());
        }
        LocalSocket socket = new LocalSocket(file, bound.channel());
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(PERMISSIONS));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /** What a killed process left is in the way of the next. */
    private static void removeLeftOver(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new FileSystemException(file.toString(), null, "is not a socket");
        }
        try (SocketChannel other = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.connect(UnixDomainSocketAddress.of(file));
        } catch (ConnectException nobody) {
            Files.delete(file);
            return;
        }
        throw new FileSystemException(file.toString(), null, "another server listens there");
    }

    Path file() {
        return file;
    }

    void close() throws IOException {
        listener.close().awaitUninterruptibly();
        Files.deleteIfExists(file);
    }
}
