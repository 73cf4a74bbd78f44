package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.optimize.RelationOptimizer;
import io.faraddb.engine.type.FormatSettings;
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
import org.slf4j.LoggerFactory;

/**
 * Statements with PostgreSQL's answers: in {@code sql/statements/*.sqltest} a statement a line,
 * then its answer, each line behind dashes.
 */
class StatementsTest {

    @ParameterizedTest
    @ValueSource(strings = {"queries", "writes", "selfreading", "subqueries", "joins"})
    void statementsAnswerAsPostgresql(String file) throws IOException {
        ListAppender<ILoggingEvent> warnings = new ListAppender<>();
        warnings.start();
        Logger optimizer = (Logger) LoggerFactory.getLogger(RelationOptimizer.class);
        optimizer.addAppender(warnings);
        try (TestDatabase database = new TestDatabase(2);
                TestDatabase.TestSession session = database.session()) {
            List<String> differences = new ArrayList<>();
            for (Case each : cases(file)) {
                List<String> seen = answer(session.session(), each.statement());
                if (!seen.equals(each.answer())) {
                    differences.add(
                            "%s%n wanted %s%n seen   %s"
                                    .formatted(each.statement(), each.answer(), seen));
                }
            }
            assertThat(differences).isEmpty();
        } finally {
            optimizer.detachAppender(warnings);
        }
        assertThat(warnings.list.stream().map(w -> w.getThrowableProxy().getMessage()))
                .as("every join was understood")
                .isEmpty();
    }

    private record Case(String statement, List<String> answer) {}

    private static List<Case> cases(String file) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith("---- ")) {
                cases.getLast().answer().add(line.substring(5));
            } else if (!line.startsWith("#")) {
                cases.add(new Case(line, new ArrayList<>()));
            }
        }
        return cases;
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
                                    print(result, session.formats(), answer);
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

    private static void print(Result result, FormatSettings formats, List<String> answer) {
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
                        row[i] == null
                                ? "NULL"
                                : TextFormat.format(fields.get(i).type(), row[i], formats));
            }
            answer.add(String.join(", ", values));
        }
    }
}
