package io.faraddb.node.view;

import io.faraddb.console.sql.SqlAnswer;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.TextFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes what a session gives. Filled on the session's threads, read when it is done. */
final class ResultCollector implements Session.ResultListener, SessionListener {

    /** Results and notices that are kept; what comes later is dropped. */
    private static final int KEPT_MAX = 1_000;

    private final int rowsMax;
    private final List<SqlAnswer.Result> results = new CopyOnWriteArrayList<>();
    private final List<SqlAnswer.Notice> notices = new CopyOnWriteArrayList<>();
    private volatile Supplier<FormatSettings> formats = () -> FormatSettings.DEFAULT;

    /**
     * @param rowsMax rows of each result that are kept
     */
    ResultCollector(int rowsMax) {
        this.rowsMax = rowsMax;
    }

    /**
     * @param settings that values are printed by, as they are at that moment
     */
    void formats(Supplier<FormatSettings> settings) {
        formats = settings;
    }

    List<SqlAnswer.Result> results() {
        return List.copyOf(results);
    }

    List<SqlAnswer.Notice> notices() {
        return List.copyOf(notices);
    }

    @Override
    public void result(Result result) {
        if (results.size() == KEPT_MAX) {
            return;
        }
        List<Field> fields = result.fields() == null ? List.of() : result.fields();
        FormatSettings settings = formats.get();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        boolean all =
                result.takeRows(
                        row -> rows.size() < rowsMax && rows.add(row(row, fields, settings)));
        results.add(
                new SqlAnswer.Result(
                        result.more() == null ? result.tag() : result.tag(rows.size()),
                        fields.stream()
                                .map(field ->
                                        new SqlAnswer.Column(field.name(), field.type().toString()))
                                .toList(),
                        rows,
                        !all));
    }

    private static List<@Nullable Object> row(
            @Nullable Object[] values, List<Field> fields, FormatSettings settings) {
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
                            : TextFormat.format(fields.get(i).type(), value, settings));
        }
        return Collections.unmodifiableList(row);
    }

    @Override
    public void empty() {}

    @Override
    public void notice(String severity, SqlException notice) {
        if (notices.size() < KEPT_MAX) {
            notices.add(new SqlAnswer.Notice(severity, notice.text()));
        }
    }

    @Override
    public void settingChanged(Session.Setting setting) {}

    @Override
    public void copyIn(String table, List<Field> fields, CopyOptions options, RowSink sink) {
        throw SqlException.unsupported("COPY FROM STDIN over HTTP")
                .hint("Use farad load or a PostgreSQL client.");
    }
}
