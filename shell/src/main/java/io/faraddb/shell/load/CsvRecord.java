package io.faraddb.shell.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a CSV record, by COPY's rules: quotes may begin and end anywhere in a value. */
final class CsvRecord {

    private CsvRecord() {}

    /**
     * @param nullText what without quotes stands for null
     */
    static List<@Nullable String> values(String record, char delimiter, String nullText) {
        List<@Nullable String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean within = false;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (within) {
                if (c != '"') {
                    value.append(c);
                } else if (i + 1 < record.length() && record.charAt(i + 1) == '"') {
                    value.append(c);
                    i++;
                } else {
                    within = false;
                }
            } else if (c == '"') {
                within = true;
                quoted = true;
            } else if (c == delimiter) {
                values.add(value(value, quoted, nullText));
                value.setLength(0);
                quoted = false;
            } else {
                value.append(c);
            }
        }
        values.add(value(value, quoted, nullText));
        return values;
    }

    private static @Nullable String value(StringBuilder value, boolean quoted, String nullText) {
        String text = value.toString();
        return !quoted && text.equals(nullText) ? null : text;
    }
}
