package io.faraddb.console.sql;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Results as CSV the way COPY writes it: null is nothing, an empty text is {@code ""}. */
public final class CsvText {

    /** What it is called in HTTP. */
    public static final String MEDIA_TYPE = "text/csv";

    private CsvText() {}

    /** A header and the rows of the last result that has columns; nothing if none has. */
    public static String of(SqlAnswer answer) {
        StringBuilder text = new StringBuilder();
        last(answer).ifPresent(result -> append(result, text));
        return text.toString();
    }

    /** Whether there were more rows than are told. */
    public static boolean isCut(SqlAnswer answer) {
        return last(answer).map(SqlAnswer.Result::truncated).orElse(false);
    }

    private static Optional<SqlAnswer.Result> last(SqlAnswer answer) {
        return answer.results().reversed().stream()
                .filter(result -> !result.columns().isEmpty())
                .findFirst();
    }

    private static void append(SqlAnswer.Result result, StringBuilder text) {
        line(result.columns().stream().map(SqlAnswer.Column::name).toList(), text);
        result.rows().forEach(row -> line(row, text));
    }

    private static void line(List<? extends @Nullable Object> values, StringBuilder text) {
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",");
            value(values.get(i), text);
        }
        text.append("\r\n");
    }

    private static void value(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case null -> {}
            case Boolean truth -> text.append(truth ? 't' : 'f');
            default -> {
                String plain = value.toString();
                boolean quote = plain.isEmpty() || plain.chars().anyMatch(CsvText::isSpecial);
                text.append(quote ? '"' + plain.replace("\"", "\"\"") + '"' : plain);
            }
        }
    }

    private static boolean isSpecial(int character) {
        return character == ',' || character == '"' || character == '\n' || character == '\r';
    }
}
