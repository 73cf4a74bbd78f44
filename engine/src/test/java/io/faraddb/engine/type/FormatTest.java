package io.faraddb.engine.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FormatTest {

    /** A line of postgres-15.tsv. */
    record Answer(String type, String zone, String input, String state, String text, String more) {
        static Answer of(String line) {
            String[] columns = line.split("\t", -1);
            return new Answer(
                    columns[0],
                    columns[1],
                    unescape(columns[2]),
                    columns[3],
                    unescape(columns[4]),
                    unescape(columns[5]));
        }

        private static String unescape(String column) {
            return column.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
        }
    }

    @TestFactory
    Stream<DynamicTest> answersAsPostgres() {
        return read().stream()
                .map(answer ->
                        DynamicTest.dynamicTest(
                                answer.type() + " '" + answer.input() + "' " + answer.zone(),
                                () -> check(answer)));
    }

    private static List<Answer> read() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        FormatTest.class.getResourceAsStream(
                                                "/type/postgres-15.tsv")),
                                StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.startsWith("#")).map(Answer::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SqlType type(String name) {
        if (name.endsWith("[]")) {
            return SqlType.array(type(name.substring(0, name.length() - 2)));
        }
        return switch (name) {
            case "int" -> SqlType.INTEGER;
            case "timestamp" -> SqlType.TIMESTAMP;
            case "timestamptz" -> SqlType.TIMESTAMPTZ;
            case "time" -> SqlType.TIME;
            default ->
                    Arrays.stream(TypeKind.values())
                            .filter(kind -> kind.sqlName().equals(name))
                            .map(SqlType::of)
                            .findFirst()
                            .orElseThrow();
        };
    }

    private static void check(Answer answer) {
        SqlType type = type(answer.type());
        ZoneId zone = answer.zone().equals("UTC") ? ZoneOffset.UTC : ZoneId.of(answer.zone());
        FormatSettings settings =
                new FormatSettings(zone, false, 1, FormatSettings.DEFAULT.names(), () -> 0);
        if (!answer.state().equals("ok")) {
            checkError(answer, type, settings);
            return;
        }
        Object value = TextFormat.parse(type, answer.input(), settings);
        assertThat(TextFormat.format(type, value, settings)).isEqualTo(answer.text());
        byte[] bytes = BinaryFormat.encode(type, value);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(answer.more());
        Object back = BinaryFormat.decode(type, ByteBuffer.wrap(bytes));
        assertThat(TextFormat.format(type, back, settings)).isEqualTo(answer.text());
    }

    private static void checkError(Answer answer, SqlType type, FormatSettings settings) {
        try {
            Object value = TextFormat.parse(type, answer.input(), settings);
            assertThat(TextFormat.format(type, value, settings)).isEqualTo(answer.text());
        } catch (SqlException e) {
            assertThat(e.text()).isEqualTo(answer.text());
            assertThat(e.code().sqlState()).isEqualTo(answer.state());
            String more = Objects.toString(e.detail(), "") + Objects.toString(e.hint(), "");
            assertThat(more).isEqualTo(answer.more());
        }
    }

    @Test
    void longNumericsSurviveBothFormats() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            BigDecimal value =
                    new BigDecimal(new java.math.BigInteger(1 + random.nextInt(300), random))
                            .movePointLeft(random.nextInt(60));
            BigDecimal signed = random.nextBoolean() ? value : value.negate();
            byte[] bytes = BinaryFormat.encode(SqlType.NUMERIC, signed);
            assertThat(BinaryFormat.decode(SqlType.NUMERIC, ByteBuffer.wrap(bytes)))
                    .isEqualTo(signed);
            String text = TextFormat.format(SqlType.NUMERIC, signed);
            assertThat(TextFormat.parse(SqlType.NUMERIC, text)).isEqualTo(signed);
        }
        assertThat(
                        TextFormat.format(
                                SqlType.NUMERIC, TextFormat.parse(SqlType.NUMERIC, "1e131071")))
                .hasSize(131_072);
    }

    @Test
    void floatsSurviveText() {
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            String text = TextFormat.format(SqlType.DOUBLE, value);
            assertThat(TextFormat.parse(SqlType.DOUBLE, text)).isEqualTo(Double.valueOf(value));
            float real = Float.intBitsToFloat(random.nextInt());
            String realText = TextFormat.format(SqlType.REAL, real);
            assertThat(TextFormat.parse(SqlType.REAL, realText)).isEqualTo(Float.valueOf(real));
        }
    }

    @Test
    void fewerFloatDigitsOnRequest() {
        FormatSettings settings =
                new FormatSettings(
                        ZoneOffset.UTC, false, 0, FormatSettings.DEFAULT.names(), () -> 0);
        assertThat(TextFormat.format(SqlType.DOUBLE, 0.1 + 0.2, settings)).isEqualTo("0.3");
        assertThat(TextFormat.format(SqlType.DOUBLE, 1e15, settings)).isEqualTo("1e+15");
        assertThat(TextFormat.format(SqlType.REAL, 1 / 3f, settings)).isEqualTo("0.333333");
    }

    @Test
    void escapedBytea() {
        FormatSettings settings =
                new FormatSettings(
                        ZoneOffset.UTC, true, 1, FormatSettings.DEFAULT.names(), () -> 0);
        byte[] bytes = {0, 'a', '\\', (byte) 0xFF, '~'};
        assertThat(TextFormat.format(SqlType.BYTEA, bytes, settings)).isEqualTo("\\000a\\\\\\377~");
        assertThat(TextFormat.parse(SqlType.BYTEA, "\\000a\\\\\\377~")).isEqualTo(bytes);
    }

    @Test
    void nowIsTheTransactionsMoment() {
        long noon = 1_700_000_000_000_000L;
        FormatSettings settings =
                new FormatSettings(
                        ZoneId.of("Asia/Kolkata"),
                        false,
                        1,
                        FormatSettings.DEFAULT.names(),
                        () -> noon);
        Object now = TextFormat.parse(SqlType.TIMESTAMPTZ, "now", settings);
        assertThat(now).isEqualTo(noon);
        Object today = TextFormat.parse(SqlType.DATE, "today", settings);
        assertThat(TextFormat.format(SqlType.DATE, today)).isEqualTo("2023-11-15");
        Object tomorrow = TextFormat.parse(SqlType.TIMESTAMP, "tomorrow 10:00", settings);
        assertThat(TextFormat.format(SqlType.TIMESTAMP, tomorrow)).isEqualTo("2023-11-16 10:00:00");
    }

    @Test
    void refusesWhatIsNotFiniteAsNumeric() {
        assertError(
                () -> TextFormat.parse(SqlType.NUMERIC, "NaN"), ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @Test
    void refusesMalformedBytes() {
        assertError(() -> decode(SqlType.INTEGER, 1, 2), ErrorCode.PROTOCOL_VIOLATION);
        assertError(
                () -> decode(SqlType.INTEGER, 1, 2, 3, 4, 5),
                ErrorCode.INVALID_BINARY_REPRESENTATION);
        assertError(() -> decode(SqlType.TEXT, 'a', 0), ErrorCode.CHARACTER_NOT_IN_REPERTOIRE);
        assertThatThrownBy(() -> decode(SqlType.TEXT, 'a', 0xff, 'b'))
                .hasMessage("invalid byte sequence for encoding \"UTF8\": 0xff");
        assertThat(decode(SqlType.TEXT, 0xEF, 0xBF, 0xBD)).isEqualTo("\uFFFD");
    }

    @Test
    void garbageNeverEscapesAsAnotherError() {
        Random random = new Random(9);
        List<SqlType> types = new ArrayList<>();
        for (TypeKind kind : TypeKind.values()) {
            types.add(kind == TypeKind.ARRAY ? SqlType.array(SqlType.TEXT) : SqlType.of(kind));
        }
        String alphabet = "0123456789-+:. TZabcdePMDHSinfy{},\"\\/";
        for (int i = 0; i < 30_000; i++) {
            SqlType type = types.get(random.nextInt(types.size()));
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                BinaryFormat.decode(type, ByteBuffer.wrap(bytes));
            } catch (SqlException expected) {
                assertThat(expected.text()).isNotEmpty();
            }
            try {
                Object value = TextFormat.parse(type, text.toString());
                if (type.kind() != TypeKind.VOID) {
                    TextFormat.parse(type, TextFormat.format(type, value));
                }
            } catch (SqlException expected) {
                assertThat(expected.text()).isNotEmpty();
            }
        }
    }

    private static Object decode(SqlType type, int... bytes) {
        ByteBuffer in = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            in.put((byte) b);
        }
        return BinaryFormat.decode(type, in.flip());
    }

    private static void assertError(Runnable action, ErrorCode code) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        SqlException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
