package io.faraddb.console.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer the way a page shows it. */
public record ShownAnswer(
        List<Result> results,
        List<SqlAnswer.Notice> notices,
        @Nullable Failure failure,
        double tookSeconds) {

    /** Characters of one value that are shown; the rest is cut, and said to be. */
    static final int VALUE_CHARACTERS_MAX = 2_000;

    /** A statement's result; without columns only its tag is shown. */
    public record Result(
            String tag,
            List<Column> columns,
            List<List<Cell>> rows,
            boolean truncated,
            boolean plan) {}

    /** A column; numbers stand at the right. */
    public record Column(String name, String type, boolean number) {}

    /**
     * A value.
     *
     * @param kind null, empty, number or text: how it looks
     */
    public record Cell(String kind, String text, boolean cut) {}

    /**
     * A failure with the place in the text that it is about.
     *
     * @param line number of the line, from 1; 0 if no place is known
     * @param before what stands before the place in its line
     * @param mark what stands at the place
     * @param after what stands behind
     * @param offset of the place in the text, in UTF-16 as a browser counts
     */
    public record Failure(
            SqlAnswer.Failure told,
            int line,
            String before,
            String mark,
            String after,
            int offset) {}

    static ShownAnswer of(String sql, SqlAnswer answer) {
        SqlAnswer.Failure failure = answer.failure();
        return new ShownAnswer(
                answer.results().stream().map(ShownAnswer::result).toList(),
                answer.notices(),
                failure == null ? null : failure(sql, failure),
                answer.tookMicros() / 1e6);
    }

    private static Result result(SqlAnswer.Result result) {
        List<Column> columns =
                result.columns().stream()
                        .map(column ->
                                new Column(column.name(), column.type(), isNumber(column.type())))
                        .toList();
        return new Result(
                result.tag(),
                columns,
                result.rows().stream().map(row -> cells(row, columns)).toList(),
                result.truncated(),
                result.tag().equals("EXPLAIN"));
    }

    private static boolean isNumber(String type) {
        return switch (type.replaceFirst("\\(.*", "")) {
            case "smallint", "integer", "bigint", "numeric", "real", "double precision" -> true;
            default -> false;
        };
    }

    private static List<Cell> cells(List<@Nullable Object> row, List<Column> columns) {
        return java.util.stream.IntStream.range(0, row.size())
                .mapToObj(i -> cell(row.get(i), columns.get(i).number()))
                .toList();
    }

    private static Cell cell(@Nullable Object value, boolean number) {
        if (value == null) {
            return new Cell("null", "NULL", false);
        }
        String text = value.toString();
        if (text.isEmpty()) {
            return new Cell("empty", "''", false);
        }
        boolean cut = text.length() > VALUE_CHARACTERS_MAX;
        String shown = cut ? text.substring(0, VALUE_CHARACTERS_MAX) : text;
        return new Cell(number ? "number" : "text", shown, cut);
    }

    /** Positions count characters as people do; a place after the end marks the end. */
    private static Failure failure(String sql, SqlAnswer.Failure told) {
        if (told.position() <= 0) {
            return new Failure(told, 0, "", "", "", 0);
        }
        int characters = sql.codePointCount(0, sql.length());
        int offset = sql.offsetByCodePoints(0, Math.min(told.position() - 1, characters));
        int lineStart = sql.lastIndexOf('\n', offset - 1) + 1;
        int newline = sql.indexOf('\n', offset);
        int lineEnd = newline < 0 ? sql.length() : newline;
        int markEnd = markEnd(sql, offset, lineEnd);
        int line = 1 + (int) sql.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        return new Failure(
                told,
                line,
                sql.substring(lineStart, offset),
                offset == markEnd ? " " : sql.substring(offset, markEnd),
                sql.substring(markEnd, lineEnd).stripTrailing(),
                offset);
    }

    /** A whole word, or one other character. */
    private static int markEnd(String sql, int from, int lineEnd) {
        int end = from;
        while (end < lineEnd && isWordPart(sql.charAt(end))) {
            end++;
        }
        return end > from ? end : Math.min(lineEnd, from + 1);
    }

    private static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character)
                || character == '_'
                || Character.isSurrogate(character);
    }
}
