package io.faraddb.shell.cli;

import io.faraddb.shell.print.Format;
import io.faraddb.shell.print.JsonTable;
import io.faraddb.shell.print.RowSource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Prints what a node answers. */
public final class Answer {

    private Answer() {}

    /**
     * Prints a document: as it is in JSON, else an object or an array of them as a table.
     *
     * @param columns of the table, in order; none: all that there are
     */
    public static void print(JsonNode document, List<String> columns, Format format, Output out)
            throws Exception {
        if (format == Format.JSON) {
            out.out().println(document.toPrettyString());
            return;
        }
        JsonTable table =
                columns.isEmpty() ? JsonTable.of(document) : JsonTable.of(document, columns);
        format.printer().print(table.columns(), RowSource.of(table.rows()), out.out());
    }
}
