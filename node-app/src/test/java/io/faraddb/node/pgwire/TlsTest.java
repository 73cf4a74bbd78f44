package io.faraddb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.node.pgwire.connection.PgServerConfig;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Encryption as the driver asks for it, with a certificate made for the test. */
@Timeout(60)
class TlsTest {

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir Path dir;

    private final FakeEngine engine = new FakeEngine();
    private PgServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        server =
                new PgServer(
                        FakeEngine.config(0, new PgServerConfig.SocketPlace(dir, true)),
                        engine,
                        new PgTls(context()));
        port = server.start();
    }

    private SSLContext context() throws Exception {
        Path store = dir.resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "a",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(STORE_PASSWORD))
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD);
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, STORE_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ZERO);
        engine.close();
    }

    private Connection connect(String... more) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", FakeEngine.USER);
        properties.setProperty("password", FakeEngine.PASSWORD);
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty(more[i], more[i + 1]);
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/farad", properties);
    }

    @Test
    void encryptsOnRequestAndFromTheFirstByte() throws Exception {
        try (Connection asked = connect("sslmode", "require");
                Connection direct = connect("sslmode", "require", "sslNegotiation", "direct");
                Connection plain = connect("sslmode", "disable")) {
            for (Connection connection : new Connection[] {asked, direct, plain}) {
                try (Statement statement = connection.createStatement()) {
                    assertThat(statement.executeUpdate("insert")).isEqualTo(1);
                }
            }
        }
        assertThat(engine.sessions)
                .extracting(session -> session.login.encrypted())
                .containsExactly(true, true, false);
    }

    @Test
    void refusesBytesSentBeforeTheHandshake() throws Exception {
        try (WireClient client = new WireClient(port)) {
            client.raw(ByteBuffer.allocate(9).putInt(8).putInt(80_877_103).put((byte) 'x').array());
            assertThat(client.read().field('M'))
                    .isEqualTo("received unencrypted data after SSL request");
        }
    }

    @Test
    void aWrongPasswordIsAsWrongWhenEncrypted() {
        assertThatThrownBy(() -> connect("sslmode", "require", "password", "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void doesNotEncryptWhatStaysOnTheMachine() throws Exception {
        Path socket = Objects.requireNonNull(server.socketFile());
        try (WireClient client = new WireClient(socket)) {
            client.raw(ByteBuffer.allocate(8).putInt(8).putInt(80_877_103).array());
            assertThat(client.readByte()).isEqualTo('N');
            client.logIn(FakeEngine.USER, FakeEngine.PASSWORD);
        }
        try (WireClient client = new WireClient(socket)) {
            client.raw(new byte[] {0x16, 3, 1, 0});
            assertThat(client.read().field('M')).isEqualTo("TLS is not configured");
        }
    }
}
