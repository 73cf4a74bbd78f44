package io.faraddb.shell.print;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line for each value, as psql prints them with {@code \x}: for rows that are too wide. */
final class VerticalPrinter implements Printer {

    @Override
    public boolean forPeople() {
        return true;
    }

    @Override
    public void print(List<Column> columns, RowSource rows, PrintWriter out) throws Exception {
        int width = 0;
        for (Column column : columns) {
            width = Math.max(width, AlignedPrinter.width(column.name()));
        }
        long number = 0;
        List<@Nullable String> row = rows.next();
        while (row != null) {
            number++;
            String title = "-[ RECORD " + number + " ]";
            out.println(title + "-".repeat(Math.max(1, width + 2 - title.length())));
            for (int i = 0; i < columns.size(); i++) {
                print(columns.get(i).name(), row.get(i), width, out);
            }
            row = rows.next();
        }
        out.println(number == 1 ? "(1 row)" : "(" + number + " rows)");
    }

    private static void print(String name, @Nullable String value, int width, PrintWriter out) {
        String before = name + " ".repeat(width - AlignedPrinter.width(name));
        for (String line : AlignedPrinter.lines(value)) {
            out.println((before + " | " + line).stripTrailing());
            before = " ".repeat(width);
        }
    }
}
