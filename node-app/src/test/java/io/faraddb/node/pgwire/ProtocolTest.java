package io.faraddb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.pgwire.WireClient.Message;
import io.faraddb.node.pgwire.connection.PgServerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProtocolTest {

    private final FakeEngine engine = new FakeEngine();
    private PgServer server;
    private int port;

    @BeforeEach
    void start() throws IOException {
        start(config(100, Duration.ofSeconds(20)));
    }

    private static PgServerConfig config(int connectionsMax, Duration patience) {
        return new PgServerConfig(
                "127.0.0.1",
                0,
                null,
                1,
                connectionsMax,
                patience,
                1 << 20,
                64 << 10,
                patience,
                false);
    }

    private void start(PgServerConfig config) throws IOException {
        if (server != null) {
            server.stop(Duration.ZERO);
        }
        server = new PgServer(config, engine, null);
        port = server.start();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ZERO);
        engine.close();
    }

    @Test
    void greetsWithSettingsKeyAndStatus() throws IOException {
        try (WireClient client = new WireClient(port)) {
            client.startup(
                    0,
                    "user",
                    FakeEngine.USER,
                    "database",
                    "farad",
                    "options",
                    "-c search_path=a\\ b --work-mem=4MB",
                    "application_name",
                    "t");
            assertThat(client.authenticate(FakeEngine.PASSWORD).type()).isEqualTo('R');
            List<Message> messages = client.untilReady();
            assertThat(messages).extracting(Message::type).contains('S', 'K', 'Z');
            assertThat(client.backendId).isPositive();
            assertThat(engine.sessions.getFirst().login.settings())
                    .containsEntry("search_path", "a b")
                    .containsEntry("work_mem", "4MB")
                    .containsEntry("application_name", "t")
                    .doesNotContainKeys("user", "options");
        }
    }

    @Test
    void refusesWrongPasswordsAndUnknownUsersAlike() throws IOException {
        for (String user : new String[] {FakeEngine.USER, "nobody"}) {
            try (WireClient client = new WireClient(port)) {
                client.startup(0, "user", user, "database", "farad");
                Message error = client.authenticate("wrong");
                assertThat(error.type()).isEqualTo('E');
                assertThat(error.field('S')).isEqualTo("FATAL");
                assertThat(error.field('C')).isEqualTo("28P01");
                assertThat(error.field('M'))
                        .isEqualTo("password authentication failed for user \"" + user + "\"");
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
        assertThat(server.metrics().loginsFailed()).isEqualTo(2);
    }

    @Test
    void refusesWhatItCannotServeAtTheStart() throws IOException {
        assertStartError("3D000", "user", FakeEngine.USER, "database", "other");
        assertStartError("42704", "user", FakeEngine.USER, "database", "farad", "nonsense", "1");
        assertStartError("0A000", "user", FakeEngine.USER, "replication", "database");
        assertStartError("28000", "database", "farad");
        try (WireClient client = new WireClient(port)) {
            client.raw(new byte[] {0, 0, 0, 8, 0, 2, 0, 0});
            assertThat(client.read().field('C')).isEqualTo("0A000");
        }
    }

    private void assertStartError(String code, String... parameters) throws IOException {
        try (WireClient client = new WireClient(port)) {
            client.startup(0, parameters);
            Message answer = client.authenticate(FakeEngine.PASSWORD);
            if (answer.type() == 'R') {
                answer = client.read();
            }
            assertThat(answer.field('C')).isEqualTo(code);
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(server.metrics().loggedIn()).isZero();
    }

    @Test
    void negotiatesNewerMinorVersionsAndExtensions() throws IOException {
        try (WireClient client = new WireClient(port)) {
            client.startup(2, "user", FakeEngine.USER, "database", "farad", "_pq_.x", "1");
            Message negotiate = client.read();
            assertThat(negotiate.type()).isEqualTo('v');
            assertThat(negotiate.buffer().getInt()).isEqualTo(3 << 16);
            assertThat(negotiate.text()).endsWith("_pq_.x\0");
            assertThat(client.authenticate(FakeEngine.PASSWORD).type()).isEqualTo('R');
        }
    }

    @Test
    void answersEncryptionRequests() throws IOException {
        try (WireClient client = new WireClient(port)) {
            client.raw(ByteBuffer.allocate(8).putInt(8).putInt(80_877_104).array());
            assertThat(client.readByte()).isEqualTo('N');
            client.raw(ByteBuffer.allocate(8).putInt(8).putInt(80_877_103).array());
            assertThat(client.readByte()).isEqualTo('N');
            client.startup(0, "user", FakeEngine.USER, "database", "farad");
            assertThat(client.authenticate(FakeEngine.PASSWORD).type()).isEqualTo('R');
        }
    }

    @Test
    void extendedQueryInPiecesOfOneByte() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.parse("s", "echo $1 $2", 23)
                    .describe('S', "s")
                    .bind("", "s", "7", "x")
                    .describe('P', "")
                    .execute("", 0)
                    .sync()
                    .trickle();
            List<Message> messages = client.untilReady();
            assertThat(messages)
                    .extracting(Message::type)
                    .containsExactly('1', 't', 'T', '2', 'T', 'D', 'C', 'Z');
            assertThat(messages.get(5).body())
                    .containsExactly(0, 2, 0, 0, 0, 1, '7', 0, 0, 0, 1, 'x');
            assertThat(messages.get(6).text()).isEqualTo("SELECT 1\0");
        }
    }

    @Test
    void tellsWhetherAStatementIsATransactionOfItsOwn() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.parse("", "insert")
                    .bind("", "")
                    .execute("", 0)
                    .sync()
                    .bind("", "")
                    .execute("", 0)
                    .bind("", "")
                    .execute("", 0)
                    .sync()
                    .flush();
            assertThat(client.typesUntilReady()).isEqualTo("12CZI");
            assertThat(client.typesUntilReady()).isEqualTo("2C2CZI");
            assertThat(engine.sessions.getFirst().alone).containsExactly(true, false, false);
        }
    }

    @Test
    void skipsToSyncAfterAnError() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.parse("", "fail")
                    .bind("", "")
                    .execute("", 0)
                    .parse("kept", "insert")
                    .bind("p", "kept")
                    .execute("p", 0)
                    .sync()
                    .parse("kept", "insert")
                    .bind("", "kept")
                    .execute("", 0)
                    .sync()
                    .flush();
            assertThat(client.typesUntilReady()).isEqualTo("12EZI");
            assertThat(client.typesUntilReady()).isEqualTo("12CZI");
        }
    }

    @Test
    void refusalsOfTheProtocolFailTheTransaction() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("begin").flush();
            assertThat(client.typesUntilReady()).isEqualTo("CZT");
            client.parse("", "echo $1", 23).bind("", "", "x").execute("", 0).sync().flush();
            List<Message> messages = client.untilReady();
            assertThat(messages.get(1).field('M'))
                    .isEqualTo("invalid input syntax for type integer: \"x\"");
            assertThat(messages.get(2).body()).containsExactly('E');
            client.query("insert").flush();
            assertThat(client.read().field('C')).isEqualTo("25P02");
            client.untilReady();
            client.query("rollback").flush();
            assertThat(client.typesUntilReady()).isEqualTo("CZI");
        }
    }

    @Test
    void unknownNamesHaveTheirCodes() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            assertError(client.bind("", "nope").sync(), "26000");
            assertError(client.describe('S', "nope").sync(), "26000");
            assertError(client.execute("nope", 0).sync(), "34000");
            assertError(client.parse("a", "insert").parse("a", "insert").sync(), "42P05");
            assertError(client.bind("c", "a").bind("c", "a").sync(), "42P03");
            assertError(client.bind("", "a", "1").sync(), "08P01");
            assertError(client.send('F', new byte[4]), "0A000");
            assertError(client.send('D', new byte[] {'?', 0}).sync(), "08P01");
            client.close('S', "nope").close('P', "nope").sync().flush();
            assertThat(client.typesUntilReady()).isEqualTo("33ZI");
        }
    }

    private static void assertError(WireClient client, String code) throws IOException {
        client.flush();
        List<Message> errors = client.untilReady().stream().filter(m -> m.type() == 'E').toList();
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().field('C')).isEqualTo(code);
    }

    @Test
    void suspendedPortalsGoOnAndOtherStatementsDoNotSuspend() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("begin").flush();
            client.untilReady();
            client.parse("", "select rows 5").bind("c", "").execute("c", 2).sync().flush();
            assertThat(client.typesUntilReady()).isEqualTo("12DDsZT");
            client.execute("c", 2).execute("c", 2).sync().flush();
            List<Message> messages = client.untilReady();
            assertThat(messages)
                    .extracting(Message::type)
                    .containsExactly('D', 'D', 's', 'D', 'C', 'Z');
            assertThat(messages.get(4).text()).isEqualTo("SELECT 1\0");
            client.parse("", "insert").bind("", "").execute("", 1).sync().flush();
            assertThat(client.typesUntilReady()).isEqualTo("12CZT");
            client.query("commit").flush();
            client.untilReady();
            assertError(client.execute("c", 0).sync(), "34000");
        }
    }

    @Test
    void answersKeepTheOrderOfTheQuestions() throws Exception {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.parse("w", "wait here").parse("i", "insert").sync();
            client.bind("", "w").execute("", 0).sync();
            for (int i = 0; i < 50; i++) {
                client.bind("", "i").execute("", 0).sync();
            }
            client.query("insert").flush();
            assertThat(client.typesUntilReady()).isEqualTo("11ZI");
            engine.latch("here").countDown();
            for (int i = 0; i < 51; i++) {
                assertThat(client.typesUntilReady()).isEqualTo("2CZI");
            }
            assertThat(client.typesUntilReady()).isEqualTo("CZI");
        }
    }

    @Test
    void aPlanThatTakesLongHoldsBackWhatFollows() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.parse("", "slow echo $1")
                    .bind("", "", "x")
                    .execute("", 0)
                    .sync()
                    .parse("", "slow bad")
                    .bind("", "")
                    .execute("", 0)
                    .sync()
                    .flush();
            assertThat(client.typesUntilReady()).isEqualTo("12DCZI");
            assertThat(client.typesUntilReady()).isEqualTo("EZI");
        }
    }

    @Test
    void closeAndReuseOfANameInOnePipeline() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.parse("s", "wait there")
                    .bind("", "s")
                    .execute("", 0)
                    .close('S', "s")
                    .parse("s", "insert")
                    .bind("", "s")
                    .execute("", 0)
                    .sync()
                    .flush();
            engine.latch("there").countDown();
            assertThat(client.typesUntilReady()).isEqualTo("12C312CZI");
        }
    }

    @Test
    void aValueThatCannotBePrintedIsAnErrorInEitherProtocol() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("unprintable; select rows 1").flush();
            List<Message> simple = client.untilReady();
            assertThat(simple).extracting(Message::type).containsExactly('T', 'E', 'Z');
            assertThat(simple.get(1).field('C')).isEqualTo("0A000");
            client.parse("", "unprintable").bind("", "").execute("", 0).sync().flush();
            assertThat(client.typesUntilReady()).isEqualTo("12EZI");
            client.query("select rows 1").flush();
            assertThat(client.typesUntilReady()).isEqualTo("TDCZI");
        }
    }

    @Test
    void aDefectWhileAnsweringEndsTheConnectionInsteadOfLeavingItSilent() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("misshapen").flush();
            assertThat(client.read().type()).isEqualTo('T');
            Message error = client.read();
            assertThat(error.type()).isEqualTo('E');
            assertThat(error.field('S')).isEqualTo("FATAL");
            assertThat(error.field('C')).isEqualTo("XX000");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void simpleQueriesGiveAllResultsThenOneStatus() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("select rows 2; insert; notice hello; fail; insert").flush();
            assertThat(client.typesUntilReady()).isEqualTo("TDDCCNCEZI");
            client.query("").flush();
            assertThat(client.typesUntilReady()).isEqualTo("IZI");
            client.parse("", "").bind("", "").describe('P', "").execute("", 0).sync().flush();
            assertThat(client.typesUntilReady()).isEqualTo("12nIZI");
            client.query("set application_name = 'x'").flush();
            assertThat(client.typesUntilReady()).isEqualTo("SCZI");
            client.query("broken").flush();
            assertThat(client.read().field('C')).isEqualTo("XX000");
            client.untilReady();
        }
    }

    @Test
    void copyInAndOut() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("copy t from stdin text").flush();
            assertThat(client.read().type()).isEqualTo('G');
            client.send('d', "1\tone\n2".getBytes(StandardCharsets.UTF_8))
                    .send('H')
                    .send('d', "\ttwo\n".getBytes(StandardCharsets.UTF_8))
                    .send('c')
                    .flush();
            assertThat(client.typesUntilReady()).isEqualTo("CZI");
            assertThat(engine.copied).hasSize(2);
            client.query("copy t to stdout csv; insert").flush();
            List<Message> messages = client.untilReady();
            assertThat(messages)
                    .extracting(Message::type)
                    .containsExactly('H', 'd', 'd', 'c', 'C', 'C', 'Z');
            assertThat(messages.get(1).text()).isEqualTo("1,one\n");
        }
    }

    @Test
    void copyErrorsTellWhereAndTheRestIsThrownAway() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("copy t from stdin csv").flush();
            assertThat(client.read().type()).isEqualTo('G');
            client.send('d', "1,one\nx,two\n".getBytes(StandardCharsets.UTF_8)).flush();
            Message error = client.read();
            assertThat(error.field('C')).isEqualTo("22P02");
            assertThat(error.field('W')).isEqualTo("COPY t, line 2, column id: \"x\"");
            client.send('d', new byte[300_000]).send('c').query("insert").flush();
            assertThat(client.typesUntilReady()).isEqualTo("ZI");
            assertThat(client.typesUntilReady()).isEqualTo("CZI");
            client.query("copy t from stdin csv").flush();
            client.read();
            client.send('f', WireClient.string("changed my mind")).flush();
            error = client.read();
            assertThat(error.field('C')).isEqualTo("57014");
            assertThat(error.field('M')).isEqualTo("COPY from stdin failed: changed my mind");
            client.untilReady();
            client.query("copy t from stdin csv").flush();
            client.read();
            client.query("insert").flush();
            assertThat(client.read().field('C')).isEqualTo("08P01");
            client.untilReady();
        }
    }

    @Test
    void copyInThroughTheExtendedProtocol() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.parse("", "copy t from stdin text")
                    .bind("", "")
                    .describe('P', "")
                    .execute("", 0)
                    .sync()
                    .flush();
            for (char type : "12nG".toCharArray()) {
                assertThat(client.read().type()).isEqualTo(type);
            }
            client.send('d', "5\tfive\n".getBytes(StandardCharsets.UTF_8)).send('c').sync().flush();
            assertThat(client.typesUntilReady()).isEqualTo("CZI");
        }
    }

    @Test
    void largeCopyIsNotBufferedWhole() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("copy t from stdin text").flush();
            client.read();
            byte[] line = "1\tabcdefghi\n".getBytes(StandardCharsets.UTF_8);
            for (int batch = 0; batch < 100; batch++) {
                for (int i = 0; i < 1_000; i++) {
                    client.send('d', line);
                }
                client.flush();
            }
            client.send('c').flush();
            assertThat(client.read().text()).isEqualTo("COPY 100000\0");
        }
    }

    @Test
    void cancelsFromAnotherConnectionWithTheRightSecretOnly() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("sleep").flush();
            cancel(client.backendId, client.secret + 1);
            cancel(client.backendId, client.secret);
            assertThat(client.read().field('C')).isEqualTo("57014");
            assertThat(client.typesUntilReady()).isEqualTo("ZI");
        }
    }

    private void cancel(int id, int secret) throws IOException {
        try (WireClient client = new WireClient(port)) {
            client.raw(
                    ByteBuffer.allocate(16)
                            .putInt(16)
                            .putInt(80_877_102)
                            .putInt(id)
                            .putInt(secret)
                            .array());
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void refusesOneConnectionTooMany() throws IOException {
        start(config(1, Duration.ofSeconds(20)));
        try (WireClient first = WireClient.loggedIn(port);
                WireClient second = new WireClient(port)) {
            second.startup(0, "user", FakeEngine.USER, "database", "farad");
            assertThat(second.authenticate(FakeEngine.PASSWORD).field('C')).isEqualTo("53300");
            first.query("insert").flush();
            assertThat(first.typesUntilReady()).isEqualTo("CZI");
        }
    }

    @Test
    void halfOpenLoginsAreClosed() throws IOException {
        start(config(10, Duration.ofMillis(50)));
        try (WireClient silent = new WireClient(port);
                WireClient slow = new WireClient(port)) {
            slow.startup(0, "user", FakeEngine.USER);
            assertThat(slow.read().type()).isEqualTo('R');
            assertThat(silent.isClosedByServer()).isTrue();
            assertThat(slow.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aClientThatStopsReadingIsCutOffAndNothingPilesUp() throws IOException {
        start(config(10, Duration.ofMillis(300)));
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("select rows 3000000").flush();
            awaitStalled();
            assertThat(server.metrics().bytesSent()).isLessThan(20_000_000);
        }
    }

    private void awaitStalled() {
        while (server.metrics().stalled() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aSlowReaderGetsAll() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.query("select rows 100000").flush();
            assertThat(client.untilReady()).hasSize(100_003);
        }
    }

    @Test
    void largeAnswerThatIsThereAtOnceGoesOn() throws IOException {
        try (WireClient client = WireClient.loggedIn(port)) {
            client.parse("", "select at once 100000").bind("", "").execute("", 0).sync().flush();
            assertThat(client.untilReady()).hasSize(100_004);
        }
    }

    @Test
    void malformedFramesEndTheConnection() throws IOException {
        byte[][] frames = {
            {'Q', 0, 0, 0, 3}, {'Q', 0x7F, 0, 0, 0}, {'?', 0, 0, 0, 4}, {'Q', -1, -1, -1, -1}
        };
        for (byte[] frame : frames) {
            try (WireClient client = WireClient.loggedIn(port)) {
                client.raw(frame);
                Message error = client.read();
                assertThat(error.field('S')).isEqualTo("FATAL");
                assertThat(error.field('C')).isEqualTo("08P01");
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
        try (WireClient client = new WireClient(port)) {
            client.raw(ByteBuffer.allocate(4).putInt(20_000).array());
            assertThat(client.read().field('C')).isEqualTo("08P01");
        }
    }

    @Test
    void garbageHarmsNobodyElse() throws IOException {
        Random random = new Random(11);
        try (WireClient bystander = WireClient.loggedIn(port)) {
            for (int i = 0; i < 60; i++) {
                byte[] garbage = new byte[1 + random.nextInt(200)];
                random.nextBytes(garbage);
                try (WireClient client =
                        i % 2 == 0 ? new WireClient(port) : WireClient.loggedIn(port)) {
                    client.raw(garbage);
                    client.socket.shutdownOutput();
                    drain(client);
                }
            }
            bystander.query("insert").flush();
            assertThat(bystander.typesUntilReady()).isEqualTo("CZI");
        }
    }

    private static void drain(WireClient client) {
        try {
            client.socket.getInputStream().readAllBytes();
        } catch (IOException reset) {
            assertThat(reset).isNotNull();
        }
    }

    @Test
    void stopsWhenTransactionsHaveEnded() throws Exception {
        try (WireClient idle = WireClient.loggedIn(port);
                WireClient busy = WireClient.loggedIn(port)) {
            busy.query("begin").flush();
            busy.untilReady();
            Thread stopping = Thread.ofVirtual().start(() -> server.stop(Duration.ofSeconds(20)));
            assertThat(idle.read().field('C')).isEqualTo("57P01");
            assertThat(idle.isClosedByServer()).isTrue();
            busy.query("insert").flush();
            assertThat(busy.typesUntilReady()).isEqualTo("CZT");
            busy.query("commit").flush();
            assertThat(busy.typesUntilReady()).isEqualTo("CZI");
            assertThat(busy.read().field('C')).isEqualTo("57P01");
            stopping.join();
        }
    }

    @Test
    void aLostClientsSessionIsClosed() throws Exception {
        WireClient client = WireClient.loggedIn(port);
        FakeSession session = engine.sessions.getFirst();
        client.query("sleep").flush();
        client.close();
        while (!session.closed || server.metrics().loggedIn() != 0) {
            Thread.onSpinWait();
        }
        assertThat(session.closed).isTrue();
    }
}
