package io.faraddb.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.bench.wire.FakeServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PgConnectionTest {

    private static final List<PgConnection.Statement> STATEMENTS =
            List.of(
                    new PgConnection.Statement(
                            "CALL p($1, $2, $3)",
                            List.of(
                                    PgConnection.Type.LONG,
                                    PgConnection.Type.INT,
                                    PgConnection.Type.BYTES)));

    private final List<FakeServer.Call> calls = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyCallsAreAnsweredInOrderHoweverFramesArrive(boolean byteByByte) throws IOException {
        try (FakeServer server = new FakeServer(this::echo, byteByByte);
                PgConnection connection = PgConnection.open(server.login(), false)) {
            connection.prepare(STATEMENTS);
            for (long i = 0; i < 300; i++) {
                call(connection, i, (int) -i, new byte[] {1, 2});
            }
            assertThat(answers(connection, 300)).hasSize(300).isSorted().endsWith("299");
            assertThat(calls.getLast().statement()).isEqualTo("s0");
            assertThat(calls.getLast().number(1)).isEqualTo(-299);
            assertThat(calls.getLast().values().getLast()).containsExactly(1, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, -1, 1234567890123L, Long.MAX_VALUE, Long.MIN_VALUE + 1})
    void numbersGoAndComeAsText(long number) throws IOException {
        FakeServer.Script echo =
                call -> {
                    calls.add(call);
                    return new Answer.Row(call.values().getFirst());
                };
        try (FakeServer server = new FakeServer(echo, false);
                PgConnection connection = PgConnection.open(server.login(), true)) {
            connection.prepare(STATEMENTS);
            call(connection, number, -5, new byte[] {0, (byte) 0xAB});
            assertThat(answers(connection, 1)).containsExactly(padded(number));
            assertThat(calls.getFirst().values().stream().map(String::new))
                    .containsExactly(Long.toString(number), "-5", "\\x00ab");
        }
    }

    @Test
    void errorsAndTagsAreTold() throws IOException {
        List<Answer> script =
                new ArrayList<>(
                        List.of(
                                new Answer.Failure("23505", "twice"),
                                new Answer.Tag("UPDATE 12"),
                                new Answer.Tag("CALL")));
        try (FakeServer server = new FakeServer(call -> script.removeFirst(), false);
                PgConnection connection = PgConnection.open(server.login(), false)) {
            connection.prepare(STATEMENTS);
            for (int i = 0; i < 3; i++) {
                call(connection, i, i, new byte[0]);
            }
            assertThat(answers(connection, 3)).containsExactly("23505 twice", "12 rows", "0 rows");
        }
    }

    @Test
    void whatCannotBePreparedFails() throws IOException {
        try (FakeServer server = new FakeServer(call -> new Answer.Cut(), false)) {
            Login nowhere = new Login("127.0.0.1", 1, "farad", "admin", "word");
            assertThat(nowhere.toString()).doesNotContain("word");
            assertThatThrownBy(() -> PgConnection.open(nowhere, false))
                    .isInstanceOf(IOException.class);
            try (PgConnection connection = PgConnection.open(server.login(), false)) {
                connection.prepare(STATEMENTS);
                connection.run("SET x = 1");
                call(connection, 1, 1, new byte[0]);
                assertThat(answers(connection, 1)).isEmpty();
            }
            assertThat(server.queries()).containsExactly("SET x = 1");
        }
    }

    private Answer echo(FakeServer.Call call) {
        calls.add(call);
        return Answer.row(call.number(0));
    }

    private static void call(PgConnection connection, long first, int second, byte[] third) {
        connection.call(0);
        connection.longValue(first);
        connection.intValue(second);
        connection.bytesValue(third);
        connection.endCall();
    }

    /** What comes until that many answers are there or the server is gone; rows by their number. */
    private static List<String> answers(PgConnection connection, int count) throws IOException {
        List<String> answers = new ArrayList<>();
        int[] ready = new int[1];
        AnswerListener listener =
                new AnswerListener() {
                    private boolean row;

                    @Override
                    public void row(FirstValue first) {
                        row = true;
                        answers.add(padded(first.asLong()));
                    }

                    @Override
                    public void completed(long rows) {
                        if (!row) {
                            answers.add(rows + " rows");
                        }
                    }

                    @Override
                    public void failed(String sqlState, String message) {
                        answers.add(sqlState + " " + message);
                    }

                    @Override
                    public void ready() {
                        row = false;
                        ready[0]++;
                    }
                };
        int read = 0;
        while (ready[0] < count && read >= 0) {
            connection.flush();
            read = connection.read(listener);
        }
        return answers;
    }

    private static String padded(long number) {
        return number < 0 ? Long.toString(number) : "%3d".formatted(number);
    }

    @Test
    void firstValueThatIsNoNumberIsTold() {
        FirstValue value = new FirstValue(true);
        for (String text : List.of("", "-", "x1", "1.5")) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            value.set(java.nio.ByteBuffer.wrap(bytes), 0, bytes.length);
            assertThat(value.asLong()).isEqualTo(Long.MIN_VALUE);
        }
    }
}
