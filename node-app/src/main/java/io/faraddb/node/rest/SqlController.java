package io.faraddb.node.rest;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.session.TransactionStatus;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.TextFormat;
import io.faraddb.node.engine.NodeEngine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Statements over HTTP: all of a request are one transaction in a session of its own. */
@RestController
@RequestMapping("/api/v1/sql")
public final class SqlController {

    /** Rows of one result that are told; the answer says if there were more. */
    static final int ROWS_MAX = 10_000;

    private static final long SECONDS_MAX = 60;

    private final NodeEngine node;

    public SqlController(NodeEngine node) {
        this.node = node;
    }

    /**
     * @param sql one or more statements
     */
    record Request(@NotNull String sql) {}

    record Answer(List<StatementResult> results, List<Notice> notices) {}

    /**
     * @param columns empty for a statement that gives no rows
     * @param truncated whether there were more rows than are told
     */
    record StatementResult(
            String tag,
            List<Column> columns,
            List<List<@Nullable Object>> rows,
            boolean truncated) {}

    record Column(String name, String type) {}

    record Notice(String severity, String message) {}

    @PostMapping
    Answer run(@RequestBody @Valid Request request, Principal user) {
        Collector collector = new Collector();
        try (Session session = node.engine().openSession(user.getName(), Map.of(), collector)) {
            collector.formats = session.formats();
            CompletableFuture<TransactionStatus> done =
                    session.query(request.sql(), collector)
                            .orTimeout(SECONDS_MAX, TimeUnit.SECONDS);
            done.join();
            return new Answer(List.copyOf(collector.results), List.copyOf(collector.notices));
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof SqlException error) {
                throw error;
            }
            if (failure.getCause() instanceof java.util.concurrent.TimeoutException) {
                throw new SqlException(
                        ErrorCode.QUERY_CANCELED,
                        "the statement took longer than " + SECONDS_MAX + " seconds");
            }
            throw failure;
        }
    }

    private static final class Collector implements Session.ResultListener, SessionListener {
        private final List<StatementResult> results = new CopyOnWriteArrayList<>();
        private final List<Notice> notices = new CopyOnWriteArrayList<>();
        private volatile FormatSettings formats = FormatSettings.DEFAULT;

        @Override
        public void result(Result result) {
            List<Field> fields = result.fields() == null ? List.of() : result.fields();
            List<List<@Nullable Object>> rows = new ArrayList<>();
            int count = Math.min(ROWS_MAX, result.rows().size());
            for (int i = 0; i < count; i++) {
                rows.add(row(result.rows().get(i), fields));
            }
            results.add(
                    new StatementResult(
                            result.tag(),
                            fields.stream()
                                    .map(f -> new Column(f.name(), f.type().toString()))
                                    .toList(),
                            rows,
                            count < result.rows().size()));
        }

        /**
         * Numbers that JSON keeps and booleans as such, everything else as PostgreSQL prints it.
         */
        private List<@Nullable Object> row(@Nullable Object[] values, List<Field> fields) {
            List<@Nullable Object> row = new ArrayList<>(values.length);
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                boolean plain =
                        value == null
                                || value instanceof Boolean
                                || fields.get(i).type().kind().isInteger();
                row.add(
                        plain || value == null
                                ? value
                                : TextFormat.format(fields.get(i).type(), value, formats));
            }
            return row;
        }

        @Override
        public void empty() {}

        @Override
        public void notice(String severity, SqlException notice) {
            notices.add(new Notice(severity, notice.text()));
        }

        @Override
        public void settingChanged(Session.Setting setting) {}

        @Override
        public void copyIn(String table, List<Field> fields, CopyOptions options, RowSink sink) {
            throw SqlException.unsupported("COPY FROM STDIN over HTTP")
                    .hint("Use farad load or a PostgreSQL client.");
        }
    }
}
