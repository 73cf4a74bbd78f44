package io.faraddb.shell.sql;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.print.Column;
import io.faraddb.shell.print.Printer;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PGobject;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Runs statements one after the other and prints what comes back. */
public final class StatementRunner {

    private static final String OBJECT = PGobject.class.getName();
    private static final Pattern LEADING_COMMENTS =
            Pattern.compile("^(\\s+|--[^\n]*(\n|$)|/\\*.*?\\*/)+", Pattern.DOTALL);

    private final SqlSession session;
    private Printer printer;
    private final PrintWriter out;
    private final PrintWriter errors;
    private volatile @Nullable Statement running;
    private boolean keepsApart;
    private boolean rowsBefore;

    /** Runs in this session; answers go to {@code out}, remarks and errors to {@code errors}. */
    public StatementRunner(
            SqlSession session, Printer printer, PrintWriter out, PrintWriter errors) {
        this.session = session;
        this.printer = printer;
        this.out = out;
        this.errors = errors;
    }

    /** Runs one statement and prints its rows, its count or its error. */
    public Exit run(String sql) {
        try (Statement statement = createStatement()) {
            running = statement;
            statement.setEscapeProcessing(false);
            boolean rows = statement.execute(sql);
            notices(statement);
            while (rows || statement.getUpdateCount() != -1) {
                if (keepsApart && rowsBefore && printer.forPeople()) {
                    out.println();
                }
                rowsBefore = rows;
                if (rows) {
                    print(statement.getResultSet());
                } else if (printer.forPeople()) {
                    out.println(remark(sql, statement.getUpdateCount()));
                }
                rows = statement.getMoreResults();
            }
            out.flush();
            return Exit.OK;
        } catch (Exception e) {
            out.flush();
            FailureReport report = FailureReport.of(e, sql);
            errors.print(report.text());
            errors.flush();
            return report.exit();
        } finally {
            running = null;
        }
    }

    /** Puts a blank line after the rows of one statement, before what the next one says. */
    public StatementRunner keepingApart() {
        keepsApart = true;
        return this;
    }

    /** Prints rows with another printer from now on. */
    public void printWith(Printer other) {
        printer = other;
    }

    private Statement createStatement() throws SQLException {
        Connection connection = session.connection();
        if (session.wasLost()) {
            errors.println(
                    "NOTICE:  the connection was lost, and settings and an open transaction with"
                            + " it; this is a new one");
        }
        return connection.createStatement();
    }

    /**
     * Asks the server to give up the statement that runs now, if one does; from any thread. Asks
     * each time: the driver's own {@code Statement.cancel} does once, which may have come too
     * early.
     */
    public void cancel() {
        Statement statement = running;
        if (statement != null) {
            try {
                statement.getConnection().unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                errors.print(FailureReport.of(e).text());
                errors.flush();
            }
        }
    }

    private void print(ResultSet result) throws Exception {
        printer.print(
                columns(result.getMetaData()),
                () -> {
                    if (!result.next()) {
                        return null;
                    }
                    int count = result.getMetaData().getColumnCount();
                    List<@Nullable String> row = new ArrayList<>(count);
                    for (int i = 1; i <= count; i++) {
                        row.add(result.getString(i));
                    }
                    return row;
                },
                out);
        out.flush();
    }

    private static List<Column> columns(ResultSetMetaData meta) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            Column.Kind kind =
                    switch (meta.getColumnType(i)) {
                        case Types.SMALLINT,
                                Types.INTEGER,
                                Types.BIGINT,
                                Types.REAL,
                                Types.DOUBLE,
                                Types.NUMERIC,
                                Types.DECIMAL,
                                Types.TINYINT ->
                                Column.Kind.NUMBER;
                        case Types.BIT, Types.BOOLEAN -> Column.Kind.BOOLEAN;
                        // The driver asks the server for names of types; the class it knows.
                        case Types.OTHER ->
                                OBJECT.equals(meta.getColumnClassName(i))
                                        ? Column.Kind.JSON
                                        : Column.Kind.TEXT;
                        default -> Column.Kind.TEXT;
                    };
            columns.add(new Column(meta.getColumnLabel(i), kind));
        }
        return columns;
    }

    private void notices(Statement statement) throws SQLException {
        SQLWarning warning = statement.getWarnings();
        while (warning != null) {
            errors.println(severity(warning) + ":  " + warning.getMessage());
            warning = warning.getNextWarning();
        }
        statement.clearWarnings();
        errors.flush();
    }

    private static String severity(SQLWarning warning) {
        String severity = null;
        if (warning instanceof PSQLWarning fromServer
                && fromServer.getServerErrorMessage() instanceof ServerErrorMessage message) {
            severity = message.getSeverity();
        }
        return severity == null ? "NOTICE" : severity;
    }

    /** JDBC keeps the count of a command's answer but not its words. */
    static String remark(String sql, int count) {
        String[] words = LEADING_COMMENTS.matcher(sql).replaceFirst("").split("[\\s(;]+", 3);
        String verb = words[0].toUpperCase(Locale.ROOT);
        return switch (verb) {
            case "INSERT", "UPDATE", "DELETE", "UPSERT", "MERGE", "COPY" -> verb + " " + count;
            case "CREATE", "DROP", "ALTER", "PARTITION" ->
                    words.length > 1 ? verb + " " + words[1].toUpperCase(Locale.ROOT) : verb;
            default -> verb;
        };
    }
}
