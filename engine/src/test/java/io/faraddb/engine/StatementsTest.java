package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements with PostgreSQL's answers: in {@code sql/statements/*.sqltest} a statement a line,
 * then its answer, each line behind dashes.
 */
class StatementsTest {

    @ParameterizedTest
    @ValueSource(strings = {"queries", "writes"})
    void statementsAnswerAsPostgresql(String file) throws IOException {
        try (TestDatabase database = new TestDatabase(2);
                TestDatabase.TestSession session = database.session()) {
            List<String> seen = new ArrayList<>();
            List<String> wanted = new ArrayList<>();
            for (String line : lines(file)) {
                if (line.startsWith("#")) {
                    continue;
                }
                wanted.add(line);
                if (!line.startsWith("---- ")) {
                    seen.add(line);
                    answer(session.session(), line).forEach(part -> seen.add("---- " + part));
                }
            }
            assertThat(seen).isEqualTo(wanted);
        }
    }

    private static List<String> lines(String file) throws IOException {
        String name = "/sql/statements/" + file + ".sqltest";
        try (InputStream in = StatementsTest.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static List<String> answer(Session session, String sql) {
        List<String> answer = new ArrayList<>();
        try {
            session.query(
                            sql,
                            new Session.ResultListener() {
                                @Override
                                public void result(Result result) {
                                    print(result, answer);
                                }

                                @Override
                                public void empty() {}
                            })
                    .join();
        } catch (CompletionException failure) {
            if (!(failure.getCause() instanceof SqlException error)) {
                throw failure;
            }
            String hint = error.hint() == null ? "" : " HINT " + error.hint();
            answer.add(
                    "ERR "
                            + error.code().sqlState()
                            + " "
                            + error.position()
                            + " "
                            + error.text()
                            + hint);
        }
        return answer;
    }

    private static void print(Result result, List<String> answer) {
        List<Field> fields = result.fields();
        if (fields == null) {
            answer.add(result.tag());
            return;
        }
        answer.add(
                fields.stream()
                        .map(field -> field.name() + ":" + field.type().unmodified())
                        .collect(Collectors.joining(",")));
        for (Object[] row : result.rows()) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                values.add(
                        row[i] == null ? "NULL" : TextFormat.format(fields.get(i).type(), row[i]));
            }
            answer.add(String.join(", ", values));
        }
    }
}
