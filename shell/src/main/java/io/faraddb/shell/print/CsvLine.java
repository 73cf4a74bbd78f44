package io.faraddb.shell.print;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of comma-separated values. */
public final class CsvLine {

    private CsvLine() {}

    /** The line with its end: null is nothing, an empty string is two quotes. */
    public static String of(List<? extends @Nullable String> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            append(line, values.get(i), values.size() == 1);
        }
        return line.append('\n').toString();
    }

    private static void append(StringBuilder line, @Nullable String value, boolean alone) {
        if (value == null) {
            return;
        }
        // COPY takes a line of nothing but \. as the end of its input.
        boolean quoted = value.isEmpty() || alone && value.equals("\\.");
        for (int i = 0; i < value.length() && !quoted; i++) {
            char c = value.charAt(i);
            quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        if (quoted) {
            line.append('"').append(value.replace("\"", "\"\"")).append('"');
        } else {
            line.append(value);
        }
    }
}
