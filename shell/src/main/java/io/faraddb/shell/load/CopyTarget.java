package io.faraddb.shell.load;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Inserts by COPY: the server reads the records as they are. */
final class CopyTarget implements RowTarget {

    private final Connection connection;
    private final String table;
    private final String options;

    CopyTarget(Connection connection, TableColumns table, LoadSettings settings) {
        this.connection = connection;
        this.table = table.table();
        this.options =
                " FROM STDIN WITH (FORMAT csv, DELIMITER '%s', NULL '%s')"
                        .formatted(
                                settings.delimiter() == '\'' ? "''" : settings.delimiter(),
                                settings.nullText().replace("'", "''"));
    }

    @Override
    public void write(Batch batch) throws SQLException {
        String sql = "COPY " + table + " " + TableColumns.list(batch.columns()) + options;
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(batch.bytes(), batch.offset(), batch.length());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
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
