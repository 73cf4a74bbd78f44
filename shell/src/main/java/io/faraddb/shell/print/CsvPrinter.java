package io.faraddb.shell.print;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180): null is nothing, an empty string is two quotes. */
final class CsvPrinter implements Printer {

    @Override
    public boolean forPeople() {
        return false;
    }

    @Override
    public void print(List<Column> columns, RowSource rows, PrintWriter out) throws Exception {
        out.print(CsvLine.of(columns.stream().map(Column::name).toList()));
        List<@Nullable String> row = rows.next();
        while (row != null) {
            out.print(CsvLine.of(row));
            row = rows.next();
        }
    }
}
