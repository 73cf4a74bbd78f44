package io.faraddb.engine.sql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.ExpressionRunner.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Expressions with what PostgreSQL 15 answers, in the zone of New York: {@code expression, type,
 * text}, or for an error {@code expression, ERROR code, message}, tabs between them.
 */
final class FunctionBehaviourTest {

    private static final String[] FILES = {
        "casts",
        "operators",
        "numbers",
        "strings",
        "patterns",
        "times",
        "formats",
        "arrays",
        "aggregates"
    };

    /** What floating point libraries differ by. */
    private static final double TOLERANCE = 4e-16;

    @TestFactory
    Stream<DynamicContainer> answersAsPostgres() {
        return Stream.of(FILES)
                .map(file ->
                        DynamicContainer.dynamicContainer(
                                file,
                                read(file)
                                        .map(line ->
                                                DynamicTest.dynamicTest(line, () -> check(line)))));
    }

    private static Stream<String> read(String file) {
        String path = "/sql/function/" + file + ".tsv";
        try (InputStream in = FunctionBehaviourTest.class.getResourceAsStream(path)) {
            byte[] bytes = Objects.requireNonNull(in, path).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(String line) {
        String[] columns = line.split("\t", -1);
        String expression = unescape(columns[0]);
        String[] actual = answer(expression);
        String expected = unescape(columns[2]);
        assertThat(actual[0]).as(expression).isEqualTo(columns[1]);
        boolean equal = actual[1].equals(expected) || isNear(columns[1], actual[1], expected);
        if (!equal) {
            assertThat(actual[1]).as(expression).isEqualTo(expected);
        }
    }

    static boolean isNear(String type, String actual, String expected) {
        if (!type.equals("double precision") || actual.isEmpty() || expected.isEmpty()) {
            return false;
        }
        double wanted = Double.parseDouble(expected);
        return Math.abs(Double.parseDouble(actual) - wanted) <= Math.abs(wanted) * TOLERANCE;
    }

    static String[] answer(String expression) {
        ExpressionRunner runner = new ExpressionRunner();
        try {
            Value value = runner.run(expression);
            String text = runner.print(value);
            return new String[] {
                value.type().toString().replaceAll("\\(.*\\)", ""), text == null ? "NULL" : text
            };
        } catch (SqlException e) {
            return new String[] {"ERROR " + e.code().sqlState(), e.text()};
        }
    }

    static String unescape(String column) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < column.length(); i++) {
            char c = column.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char next = column.charAt(++i);
            out.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
        }
        return out.toString();
    }
}
