package io.faraddb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.node.pgwire.connection.PgServerConfig;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that come by a Unix-domain socket, and what may be in its place. */
@Timeout(60)
class LocalSocketTest {

    @TempDir Path dir;

    private final FakeEngine engine = new FakeEngine();
    private PgServer server;

    @BeforeEach
    void configure() {
        server = server(0, true);
    }

    private PgServer server(int port, boolean required) {
        return new PgServer(
                FakeEngine.config(port, new PgServerConfig.SocketPlace(dir, required)),
                engine,
                null);
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ZERO);
        engine.close();
    }

    private Path socket() {
        return Objects.requireNonNull(server.socketFile());
    }

    /** A port that was free a moment ago, and the socket that goes with it. */
    private int freePort() throws IOException {
        int port = server.start();
        server.stop(Duration.ZERO);
        return port;
    }

    private Path socket(int port) {
        return dir.resolve(".s.PGSQL." + port);
    }

    @ParameterizedTest
    @EnumSource
    void clientsComeByItAsByThePort(PgTransport transport) throws IOException {
        int port = server.start(transport);
        assertThat(socket()).isEqualTo(socket(port));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rwxrwxrwx");
        try (WireClient client = new WireClient(socket());
                WireClient other = WireClient.loggedIn(port)) {
            client.logIn(FakeEngine.USER, FakeEngine.PASSWORD);
            for (WireClient either : new WireClient[] {client, other}) {
                either.query("insert").flush();
                assertThat(either.typesUntilReady()).isEqualTo("CZI");
            }
        }
        server.stop(Duration.ZERO);
        assertThat(dir).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordIsNeeded(PgTransport transport) throws IOException {
        server.start(transport);
        try (WireClient client = new WireClient(socket())) {
            client.startup(0, "user", FakeEngine.USER, "database", "farad");
            assertThat(client.authenticate("wrong").field('C')).isEqualTo("28P01");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAKilledServerLeftIsReplaced(PgTransport transport) throws IOException {
        int port = freePort();
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket(port)));
        }
        assertThat(socket(port)).exists();
        server = server(port, true);
        server.start(transport);
        try (WireClient client = new WireClient(socket())) {
            client.logIn(FakeEngine.USER, FakeEngine.PASSWORD);
        }
    }

    @Test
    void theSocketOfAnotherServerStays() throws IOException {
        int port = freePort();
        try (ServerSocketChannel another = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            another.bind(UnixDomainSocketAddress.of(socket(port)));
            server = server(port, true);
            assertThatThrownBy(server::start)
                    .isInstanceOf(IOException.class)
                    .hasMessage(socket(port) + ": another server listens there");
            assertThat(socket(port)).exists();
        }
    }

    @Test
    void aFileInItsPlaceStays() throws IOException {
        int port = freePort();
        Files.writeString(socket(port), "precious");
        server = server(port, true);
        assertThatThrownBy(server::start)
                .isInstanceOf(IOException.class)
                .hasMessage(socket(port) + ": is not a socket");
        assertThat(socket(port)).hasContent("precious");
    }

    @Test
    void whereItIsNotRequiredThePortIsEnough() throws IOException {
        int port = freePort();
        Files.writeString(socket(port), "precious");
        server = server(port, false);
        server.start();
        assertThat(server.socketFile()).isNull();
        WireClient.loggedIn(port).close();
        server.stop(Duration.ZERO);
        assertThat(socket(port)).hasContent("precious");
    }
}
