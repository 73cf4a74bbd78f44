package io.faraddb.shell.load;

import io.faraddb.shell.connect.Exit;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/** A table of a cluster. */
public final class TableTarget implements Loader.CopyTarget {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Connection connection;
    private final String table;

    /** The table, with or without a schema before a dot. */
    public TableTarget(Connection connection, String table) {
        this.connection = connection;
        this.table = tableName(table);
    }

    /** Each part in quotes unless it is as plain as if typed in SQL. */
    static String tableName(String table) {
        return List.of(table.split("\\.", 2)).stream()
                .map(part -> PLAIN.matcher(part).matches() ? part : quoted(part))
                .collect(Collectors.joining("."));
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public List<String> columns() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            ResultSetMetaData meta = none.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(meta.getColumnName(i));
            }
            return columns;
        }
    }

    @Override
    public @Nullable String copy(List<String> columns, String csv) throws Exception {
        String names = columns.stream().map(TableTarget::quoted).collect(Collectors.joining(", "));
        String sql = "COPY " + table + " (" + names + ") FROM STDIN WITH (FORMAT csv)";
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(csv));
            return null;
        } catch (PSQLException e) {
            String state = e.getSQLState() == null ? "" : e.getSQLState();
            // Only faults of data (22), of constraints (23) and of types (42804) lie with rows.
            boolean ofRows =
                    state.startsWith("22") || state.startsWith("23") || state.equals("42804");
            if (!ofRows || Exit.ofState(state) != Exit.FAILED) {
                throw e;
            }
            String detail =
                    e.getServerErrorMessage() == null
                            ? null
                            : e.getServerErrorMessage().getDetail();
            String message =
                    e.getServerErrorMessage() == null
                            ? e.getMessage()
                            : e.getServerErrorMessage().getMessage();
            return detail == null ? message : message + " (" + detail + ")";
        }
    }
}
