package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.QualifiedNames;
import io.faraddb.engine.sql.function.TextConversion;
import io.faraddb.engine.type.SqlType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of format(): %s, %I and %L with positions and widths. */
final class FormatCall {

    private final String format;
    private final List<SqlType> types;
    private final @Nullable Object[] arguments;
    private final CallContext context;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int lastArgument;

    FormatCall(
            String format, List<SqlType> types, @Nullable Object[] arguments, CallContext context) {
        this.format = format;
        this.types = types;
        this.arguments = arguments;
        this.context = context;
    }

    String run() {
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                out.append(c);
            } else if (peek() == '%') {
                at++;
                out.append('%');
            } else {
                specifier();
            }
        }
        return out.toString();
    }

    private char peek() {
        if (at >= format.length()) {
            throw invalid("unterminated format() type specifier")
                    .hint("For a single \"%\" use \"%%\".");
        }
        return format.charAt(at);
    }

    private static SqlException invalid(String message) {
        return new SqlException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }

    private void specifier() {
        int argument = position();
        boolean left = false;
        while (peek() == '-') {
            at++;
            left = true;
        }
        int width = width();
        if (width < 0) {
            left = true;
            width = -width;
        }
        char conversion = peek();
        at++;
        if ("sIL".indexOf(conversion) < 0) {
            throw invalid("unrecognized format() type specifier \"" + conversion + "\"")
                    .hint("For a single \"%\" use \"%%\".");
        }
        append(text(conversion, next(argument)), left, width);
    }

    /** {@code n$}; 0 without. */
    private int position() {
        int start = at;
        if (!isDigit(peek())) {
            return 0;
        }
        int number = number();
        if (peek() != '$') {
            at = start;
            return 0;
        }
        if (number == 0) {
            throw invalid("format specifies argument 0, but arguments are numbered from 1");
        }
        at++;
        return number;
    }

    private int width() {
        if (peek() != '*') {
            return isDigit(peek()) ? number() : 0;
        }
        at++;
        int argument = 0;
        if (isDigit(peek())) {
            argument = number();
            if (peek() != '$') {
                throw invalid("width argument position must be ended by \"$\"");
            }
            if (argument == 0) {
                throw invalid("format specifies argument 0, but arguments are numbered from 1");
            }
            at++;
        }
        int index = next(argument);
        Object value = arguments[index];
        if (value == null) {
            return 0;
        }
        String digits = TextConversion.format(types.get(index), value, context);
        try {
            return new BigDecimal(digits.strip()).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new SqlException(
                    ErrorCode.INVALID_TEXT_REPRESENTATION,
                    "invalid input syntax for type integer: \"" + digits + "\"");
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private int number() {
        long number = 0;
        while (isDigit(peek())) {
            number = number * 10 + peek() - '0';
            at++;
            if (number > Integer.MAX_VALUE) {
                throw new SqlException(
                        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "number is out of range");
            }
        }
        return (int) number;
    }

    /** The place of an argument; without a number the one behind the last. */
    private int next(int number) {
        lastArgument = number > 0 ? number : lastArgument + 1;
        if (lastArgument >= arguments.length) {
            throw invalid("too few arguments for format()");
        }
        return lastArgument;
    }

    private String text(char conversion, int index) {
        Object value = arguments[index];
        if (value == null) {
            return switch (conversion) {
                case 'I' ->
                        throw new SqlException(
                                ErrorCode.NULL_VALUE_NOT_ALLOWED,
                                "null values cannot be formatted as an SQL identifier");
                case 'L' -> "NULL";
                default -> "";
            };
        }
        String text = TextConversion.format(types.get(index), value, context);
        return switch (conversion) {
            case 'I' -> QualifiedNames.quote(text);
            case 'L' -> ConcatenationFunctions.quoteLiteral(text);
            default -> text;
        };
    }

    private void append(String text, boolean left, int width) {
        Strings.checkLength((long) out.length() + width);
        int missing = Math.max(0, width - Strings.length(text));
        if (left) {
            out.append(text).repeat(" ", missing);
        } else {
            out.repeat(" ", missing).append(text);
        }
        Strings.checkLength(out.length());
    }
}
