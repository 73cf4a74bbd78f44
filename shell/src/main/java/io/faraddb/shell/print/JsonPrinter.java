package io.faraddb.shell.print;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An array of objects, one a line, so that both JSON parsers and line tools can read it. */
final class JsonPrinter implements Printer {

    /** What JSON takes as a number: neither NaN nor Infinity. */
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    @Override
    public boolean forPeople() {
        return false;
    }

    @Override
    public void print(List<Column> columns, RowSource rows, PrintWriter out) throws Exception {
        out.print('[');
        String before = "\n";
        List<@Nullable String> row = rows.next();
        while (row != null) {
            out.print(before);
            out.print(object(columns, row));
            before = ",\n";
            row = rows.next();
        }
        out.println("\n]");
    }

    private static String object(List<Column> columns, List<@Nullable String> row) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            quote(columns.get(i).name(), text);
            text.append(':');
            append(columns.get(i).kind(), row.get(i), text);
        }
        return text.append('}').toString();
    }

    private static void append(Column.Kind kind, @Nullable String value, StringBuilder text) {
        if (value == null) {
            text.append("null");
            return;
        }
        switch (kind) {
            case BOOLEAN -> text.append(value.startsWith("t"));
            case JSON, NUMBER -> {
                boolean raw =
                        kind == Column.Kind.JSON ? isJson(value) : NUMBER.matcher(value).matches();
                if (raw) {
                    text.append(value);
                } else {
                    quote(value, text);
                }
            }
            case TEXT -> quote(value, text);
        }
    }

    private static boolean isJson(String value) {
        try {
            var unused = JsonMapper.shared().readTree(value);
            return !value.isBlank();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ') {
                        text.append("\\u00").append(c < 16 ? "0" : "1");
                        text.append(Character.forDigit(c & 15, 16));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
