package io.faraddb.shell.load;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes batches into a table, over one connection. Belongs to one thread. */
public interface RowTarget extends Closeable {

    /** Opens one, with a connection of its own. */
    @FunctionalInterface
    interface Opener {
        RowTarget open() throws SQLException;
    }

    /** The one that the settings ask for. */
    static RowTarget of(Connection connection, TableColumns table, LoadSettings settings) {
        return settings.upsert()
                ? new UpsertTarget(connection, table, settings)
                : new CopyTarget(connection, table, settings);
    }

    /** Takes all rows of the batch; on any failure none. */
    void write(Batch batch) throws SQLException, IOException;
}
