package io.faraddb.shell.load;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts rows in the place of those with their keys: one UPSERT of many rows for a batch. */
final class UpsertTarget implements RowTarget {

    private static final String BAD_COPY_FILE_FORMAT = "22P04";

    private final Connection connection;
    private final String table;
    private final char delimiter;
    private final String nullText;

    UpsertTarget(Connection connection, TableColumns table, LoadSettings settings) {
        this.connection = connection;
        this.table = table.table();
        this.delimiter = settings.delimiter();
        this.nullText = settings.nullText();
    }

    @Override
    public void write(Batch batch) throws SQLException {
        StringBuilder sql = new StringBuilder("UPSERT INTO ").append(table);
        sql.append(' ').append(TableColumns.list(batch.columns())).append(" VALUES ");
        for (int row = 0; row < batch.rows(); row++) {
            sql.append(row == 0 ? "(" : ", (");
            List<@Nullable String> values =
                    CsvRecord.values(batch.record(row), delimiter, nullText);
            if (values.size() != batch.columns().size()) {
                throw new SQLException(
                        "%d values for %d columns".formatted(values.size(), batch.columns().size()),
                        BAD_COPY_FILE_FORMAT);
            }
            for (int i = 0; i < values.size(); i++) {
                sql.append(i == 0 ? "" : ", ");
                literal(values.get(i), sql);
            }
            sql.append(')');
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            var unused = statement.execute(sql.toString());
        }
    }

    private static void literal(@Nullable String value, StringBuilder sql) {
        if (value == null) {
            sql.append("NULL");
        } else {
            sql.append('\'').append(value.replace("'", "''")).append('\'');
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
