package io.faraddb.shell.print;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/**
 * Columns under their names, as psql prints them.
 *
 * <p>Widths are of the widest value, so rows are held in memory; beyond {@link #ROWS_WIDTH} rows
 * the widths found so far are kept and rows flow through.
 */
final class AlignedPrinter implements Printer {

    /** Rows looked at for the widths of columns. */
    static final int ROWS_WIDTH = 10_000;

    @Override
    public boolean forPeople() {
        return true;
    }

    @Override
    public void print(List<Column> columns, RowSource rows, PrintWriter out) throws Exception {
        List<List<@Nullable String>> first = new ArrayList<>();
        List<@Nullable String> row = rows.next();
        while (row != null && first.size() < ROWS_WIDTH) {
            first.add(row);
            row = rows.next();
        }
        int[] widths = widths(columns, first);
        printHeader(columns, widths, out);
        long count = first.size();
        for (List<@Nullable String> each : first) {
            printRow(columns, each, widths, out);
        }
        while (row != null) {
            printRow(columns, row, widths, out);
            count++;
            row = rows.next();
        }
        out.println(count == 1 ? "(1 row)" : "(" + count + " rows)");
    }

    private static int[] widths(List<Column> columns, List<List<@Nullable String>> rows) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(columns.get(i).name());
        }
        for (List<@Nullable String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                for (String line : lines(row.get(i))) {
                    widths[i] = Math.max(widths[i], width(line));
                }
            }
        }
        return widths;
    }

    private static void printHeader(List<Column> columns, int[] widths, PrintWriter out) {
        StringBuilder names = new StringBuilder();
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String name = columns.get(i).name();
            int space = widths[i] - width(name);
            if (i > 0) {
                names.append('|');
                rule.append('+');
            }
            names.append(" ".repeat(space / 2 + 1)).append(name);
            names.append(" ".repeat(space - space / 2 + 1));
            rule.append("-".repeat(widths[i] + 2));
        }
        out.println(names.toString().stripTrailing());
        out.println(rule);
    }

    private static void printRow(
            List<Column> columns, List<@Nullable String> row, int[] widths, PrintWriter out) {
        List<List<String>> cells = new ArrayList<>();
        int height = 1;
        for (String value : row) {
            List<String> lines = lines(value);
            cells.add(lines);
            height = Math.max(height, lines.size());
        }
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                boolean more = line + 1 < cells.get(i).size();
                String cell = line < cells.get(i).size() ? cells.get(i).get(line) : "";
                String space = " ".repeat(Math.max(0, widths[i] - width(cell)));
                boolean right = columns.get(i).kind() == Column.Kind.NUMBER;
                text.append(i > 0 ? "| " : " ");
                text.append(right ? space + cell : cell + space);
                // A plus says that the value goes on below.
                text.append(more ? '+' : ' ');
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /** A value's lines; one that is empty if there are none. */
    static List<String> lines(@Nullable String value) {
        return value == null || value.isEmpty()
                ? List.of("")
                : value.replace("\t", "    ").lines().toList();
    }

    /** Columns of a terminal that a text takes. */
    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            width += Math.max(0, WCWidth.wcwidth(codePoint));
            i += Character.charCount(codePoint);
        }
        return width;
    }
}
