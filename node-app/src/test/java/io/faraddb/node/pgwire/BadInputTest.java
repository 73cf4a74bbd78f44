package io.faraddb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.TestNode;
import io.faraddb.node.pgwire.WireClient.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What no client should send, sent to a whole node: a clear error for that client, and nothing for
 * the one that keeps a ledger all the while.
 */
class BadInputTest {

    private static final int CONNECTIONS_MAX = 40;

    @TempDir static Path dataDir;

    private static TestNode node;
    private static Ledger ledger;

    /** A client that writes one row after another and counts what was acknowledged. */
    private static final class Ledger implements Runnable {

        private final AtomicBoolean ends = new AtomicBoolean();
        private final AtomicLong acknowledged = new AtomicLong();
        private final Thread thread = new Thread(this, "ledger");
        private volatile @Nullable SQLException failure;

        @Override
        public void run() {
            try (Connection connection = node.connect();
                    PreparedStatement insert =
                            connection.prepareStatement("insert into ledger values (?)")) {
                while (!ends.get()) {
                    insert.setLong(1, acknowledged.get());
                    insert.executeUpdate();
                    acknowledged.incrementAndGet();
                }
            } catch (SQLException e) {
                failure = e;
            }
        }

        void endAndCheck() throws Exception {
            ends.set(true);
            thread.join();
            assertThat((Throwable) failure).isNull();
            assertThat(acknowledged.get()).isPositive();
            assertThat(one("select count(*) from ledger"))
                    .isEqualTo(String.valueOf(acknowledged.get()));
        }
    }

    @BeforeAll
    static void start() throws Exception {
        node = TestNode.start(dataDir, "--farad.pg.connections-max=" + CONNECTIONS_MAX);
        node.run("create table ledger (id bigint primary key)");
        node.run(
                "create table typed (id int primary key, s smallint, v varchar(3), d date,"
                        + " n numeric(4, 2), u uuid, b bytea)");
        ledger = new Ledger();
        ledger.thread.start();
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            ledger.endAndCheck();
        } finally {
            node.close();
        }
    }

    private static WireClient client() throws IOException {
        return WireClient.loggedIn(node.pgPort(), "admin", node.password());
    }

    /** The first value of a statement's first row. */
    private static String one(String sql) throws IOException {
        try (WireClient client = client()) {
            client.query(sql).flush();
            return client.untilReady().stream()
                    .filter(message -> message.type() == 'D')
                    .map(BadInputTest::firstValue)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String firstValue(Message row) {
        ByteBuffer body = row.buffer();
        body.getShort();
        byte[] value = new byte[body.getInt()];
        body.get(value);
        return new String(value, StandardCharsets.UTF_8);
    }

    private static Message error(List<Message> answers) {
        return answers.stream()
                .filter(message -> message.type() == 'E')
                .findFirst()
                .orElseThrow(() -> new AssertionError("no error"));
    }

    /** The connection is as good as new after it. */
    private static void assertRefused(String sql, String state) throws IOException {
        try (WireClient client = client()) {
            client.query(sql).flush();
            Message refused = error(client.untilReady());
            assertThat(refused.field('C')).as(refused.text()).isEqualTo(state);
            assertThat(refused.field('M')).isNotBlank();
            client.query("select 1").flush();
            assertThat(client.typesUntilReady()).isEqualTo("TDCZI");
        }
    }

    static Stream<Arguments> tooDeep() {
        return Stream.of(
                Arguments.of("parentheses", "select " + around("(", "1", ")", 100_000)),
                Arguments.of("not", "select " + "not ".repeat(100_000) + "true"),
                Arguments.of("minus", "select " + "- ".repeat(100_000) + "1"),
                Arguments.of("sums", "select " + "1+".repeat(100_000) + "1"),
                Arguments.of("casts", "select 1" + "::int".repeat(100_000)),
                Arguments.of("functions", "select " + around("abs(", "1", ")", 5_000)),
                Arguments.of("arrays", "select " + around("array[", "1", "]", 5_000)),
                Arguments.of(
                        "cases", "select " + around("case when true then ", "1", " end", 5_000)),
                Arguments.of("scalars", "select " + around("(select ", "1", ")", 5_000)),
                Arguments.of("tables", around("select * from (", "select 1", ") t", 5_000)),
                Arguments.of("unions", "select 1 union all ".repeat(20_000) + "select 1"));
    }

    private static String around(String before, String middle, String after, int times) {
        return before.repeat(times) + middle + after.repeat(times);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooDeep")
    void deepNestingIsRefused(String what, String sql) throws IOException {
        assertRefused(sql, "54001");
    }

    @Test
    void flatButLongStatementsRun() throws IOException {
        assertThat(one("select length('" + "x".repeat(1_000_000) + "')")).isEqualTo("1000000");
        assertThat(one("select 1 where " + "1 = 1 and ".repeat(50_000) + "true")).isEqualTo("1");
        String numbers =
                IntStream.range(0, 150_000)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
        assertThat(
                        one(
                                "select count(*) from generate_series(1, 10) g where g in ("
                                        + numbers
                                        + ")"))
                .isEqualTo("10");
    }

    @Test
    void statementsOfMoreThanTheLimitAreRefused() throws IOException {
        assertRefused("select length('" + "x".repeat(17_000_000) + "')", "54000");
        assertRefused("select 1;".repeat(100_001), "54000");
        assertRefused("/*".repeat(50_000), "42601");
    }

    @Test
    void tenThousandParameters() throws Exception {
        String rows = String.join(",", "(?, ?)".repeat(5_000).split("(?<=\\))(?=\\()"));
        try (Connection connection = node.connect();
                PreparedStatement insert =
                        connection.prepareStatement("insert into typed (id, v) values " + rows)) {
            for (int i = 0; i < 5_000; i++) {
                insert.setInt(2 * i + 1, 1_000_000 + i);
                insert.setString(2 * i + 2, "abc");
            }
            assertThat(insert.executeUpdate()).isEqualTo(5_000);
        }
        assertThat(one("select count(*) from typed where v = 'abc'")).isEqualTo("5000");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into typed (id) values (3000000000)            | 22003",
                "insert into typed (id) values (9999999999999999999999) | 22003",
                "insert into typed (id, s) values (1, 40000)           | 22003",
                "insert into typed (id, n) values (1, 100)             | 22003",
                "insert into typed (id, v) values (1, 'abcd')          | 22001",
                "insert into typed (id, d) values (1, '2024-02-30')    | 22008",
                "insert into typed (id, d) values (1, 'yesterweek')    | 22007",
                "insert into typed (id, u) values (1, 'no uuid')       | 22P02",
                "insert into typed (id, b) values (1, '\\xABC')        | 22023",
                "insert into typed (id) values (null)                  | 23502",
                "insert into typed (id, nosuch) values (1, 1)          | 42703",
                "insert into typed values (1, 1, 'a', null, 1, null, null, 8) | 42601",
                "select 2147483647 + 1                                 | 22003",
                "select 9223372036854775807 + 1                        | 22003",
                "select 1 / 0                                          | 22012",
                "select 'NaN'::numeric::int                            | 0A000",
                "select 1e400::float8                                  | 22003",
                "select repeat('x', 2000000000)                        | 54000",
                "create table x (a nosuchtype)                         | 42704",
                "create table x (a varchar(0))                         | 22023",
                "create table x (a varchar(100000000))                 | 22023",
                "create table x (a int, a int)                         | 42701",
                "select * from nosuchtable                             | 42P01",
                "select nosuchfunction(1)                              | 42883",
                "select 'a' + 1                                        | 22P02",
                "selec 1                                               | 42601",
                "select '                                              | 42601",
                "set client_encoding = 'latin1'                        | 22023",
                "set nosuchsetting = 1                                 | 42704",
            })
    void valuesAndNamesThatAreNone(String sql, String state) throws IOException {
        assertRefused(sql.strip(), state.strip());
    }

    @Test
    void tooManyColumnsAreRefused() throws IOException {
        String columns =
                IntStream.range(0, 1_601)
                        .mapToObj(i -> "c" + i + " int")
                        .collect(Collectors.joining(", "));
        assertRefused("create table x (" + columns + ")", "54011");
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        byte[][] texts = {{(byte) 0xFF}, {(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, 0}};
        for (byte[] text : texts) {
            try (WireClient client = client()) {
                byte[] before = "select '".getBytes(StandardCharsets.UTF_8);
                client.send('Q', before, text, WireClient.string("'")).flush();
                assertThat(error(client.untilReady()).field('C')).isIn("22021", "08P01");
            }
        }
        try (WireClient client = client()) {
            client.parse("", "select $1::text", 25);
            byte[] value = {0, 0, 0, 1, 0, 0, 0, 3, 'a', (byte) 0xFF, 'b', 0, 0};
            client.send('B', WireClient.string(""), WireClient.string(""), value);
            client.execute("", 0).sync().flush();
            assertThat(error(client.untilReady()).field('C')).isEqualTo("22021");
            client.query("select 1").flush();
            assertThat(client.typesUntilReady()).isEqualTo("TDCZI");
        }
    }

    @Test
    void theNullCharacterIsRefusedInValues() throws IOException {
        try (WireClient client = client()) {
            client.parse("", "select $1::text", 25).bind("", "", "a\0b").execute("", 0).sync();
            client.flush();
            assertThat(error(client.untilReady()).field('C')).isEqualTo("22021");
        }
    }

    @Test
    void typesThatAreNoneAreRefused() throws IOException {
        try (WireClient client = client()) {
            client.parse("", "select $1", 987_654).bind("", "", "1").execute("", 0).sync().flush();
            assertThat(error(client.untilReady()).field('C')).isEqualTo("42704");
        }
    }

    @Test
    void binaryValuesOfTheWrongLengthAreRefused() throws IOException {
        try (WireClient client = client()) {
            client.parse("", "select $1::int", 23);
            byte[] value = {0, 1, 0, 1, 0, 1, 0, 0, 0, 3, 1, 2, 3, 0, 0};
            client.send('B', WireClient.string(""), WireClient.string(""), value);
            client.execute("", 0).sync().flush();
            assertThat(error(client.untilReady()).field('C')).isEqualTo("08P01");
        }
    }

    @Test
    void garbageAfterLogInHarmsNobody() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            byte[] garbage = new byte[1 + random.nextInt(500)];
            random.nextBytes(garbage);
            if (i % 2 == 0 && garbage.length > 5) {
                garbage[0] = (byte) "QPBDESCHFd".charAt(random.nextInt(10));
                ByteBuffer.wrap(garbage).putInt(1, garbage.length - 1);
            }
            try (WireClient client = client()) {
                client.raw(garbage);
                client.socket.shutdownOutput();
                client.socket.getInputStream().readAllBytes();
            }
        }
        assertThat(one("select 1")).isEqualTo("1");
    }

    @Test
    void aClientThatVanishesInATransactionHoldsNothing() throws IOException {
        try (WireClient client = client()) {
            client.query("begin; insert into typed (id) values (77); ").flush();
            client.untilReady();
        }
        try (WireClient client = client()) {
            client.query("insert into typed (id) values (77)").flush();
            assertThat(client.typesUntilReady()).isEqualTo("CZI");
        }
    }

    @Test
    void oneConnectionTooManyIsRefusedAndTheirEndMakesRoom() throws IOException {
        List<WireClient> clients = new ArrayList<>();
        try {
            Message refusal = null;
            while (refusal == null && clients.size() <= CONNECTIONS_MAX) {
                WireClient client = new WireClient(node.pgPort());
                clients.add(client);
                client.startup(0, "user", "admin", "database", "farad");
                Message answer = client.authenticate(node.password());
                if (answer.type() == 'E') {
                    refusal = answer;
                } else {
                    client.untilReady();
                }
            }
            assertThat(refusal).isNotNull();
            assertThat(refusal.field('C')).isEqualTo("53300");
            clients.getFirst().query("select 1").flush();
            assertThat(clients.getFirst().typesUntilReady()).isEqualTo("TDCZI");
        } finally {
            for (WireClient client : clients) {
                client.close();
            }
        }
        awaitRoom();
    }

    /** Their ends are noticed soon. */
    private static void awaitRoom() throws IOException {
        while (true) {
            try (WireClient client = new WireClient(node.pgPort())) {
                client.startup(0, "user", "admin", "database", "farad");
                if (client.authenticate(node.password()).type() == 'R') {
                    return;
                }
            }
        }
    }
}
