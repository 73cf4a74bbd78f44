package io.faraddb.engine.type;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/** Values as text, read and printed exactly as PostgreSQL 15 does. */
public final class TextFormat {

    /** Digits before the point that a numeric may have. */
    public static final int NUMERIC_INTEGER_DIGITS_MAX = 131_072;

    /** Digits behind the point that a numeric may have. */
    public static final int NUMERIC_SCALE_MAX = 16_383;

    /** Bytes of a name; longer ones are cut. */
    public static final int NAME_BYTES_MAX = 63;

    static final long OID_MAX = 0xFFFF_FFFFL;

    private TextFormat() {}

    /** As {@link #parse(SqlType, String, FormatSettings)} with default settings. */
    public static Object parse(SqlType type, String text) {
        return parse(type, text, FormatSettings.DEFAULT);
    }

    /**
     * Reads a value. Lengths and precisions of the type are not looked at: {@link Coercion}.
     *
     * @return as {@link TypeKind} documents it
     */
    public static Object parse(SqlType type, String text, FormatSettings settings) {
        TypeKind kind = type.kind();
        return switch (kind) {
            case BOOLEAN -> parseBoolean(text);
            case SMALLINT -> parseInteger(kind, text, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> parseInteger(kind, text, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> parseInteger(kind, text, Long.MIN_VALUE, Long.MAX_VALUE);
            case REAL -> FloatText.parseReal(text);
            case DOUBLE -> FloatText.parseDouble(text);
            case NUMERIC -> parseNumeric(text);
            case TEXT, VARCHAR, CHAR, UNKNOWN -> text;
            case BYTEA -> ByteaText.parse(text);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> DateTimeText.parse(kind, text, settings);
            case UUID -> parseUuid(text);
            case INTERVAL -> IntervalText.parse(text);
            case OID, XID, REGCLASS, REGTYPE, REGPROC, REGNAMESPACE -> parseOid(kind, text);
            case NAME -> cutName(text);
            case INTERNAL_CHAR -> text.isEmpty() ? "" : text.substring(0, 1);
            case ARRAY -> ArrayText.parse(elementOf(type), text, settings);
            case RECORD -> throw SqlException.unsupported("input of anonymous composite types");
            case VOID -> "";
        };
    }

    /** As {@link #format(SqlType, Object, FormatSettings)} with default settings. */
    public static String format(SqlType type, Object value) {
        return format(type, value, FormatSettings.DEFAULT);
    }

    /**
     * Prints a value.
     *
     * @param value as {@link TypeKind} documents it
     */
    public static String format(SqlType type, Object value, FormatSettings settings) {
        return switch (type.kind()) {
            case BOOLEAN -> (Boolean) value ? "t" : "f";
            case SMALLINT, INTEGER, BIGINT -> Long.toString((Long) value);
            case REAL -> FloatText.format((Float) value, settings.extraFloatDigits());
            case DOUBLE -> FloatText.format((Double) value, settings.extraFloatDigits());
            case NUMERIC -> ((BigDecimal) value).toPlainString();
            case TEXT, VARCHAR, CHAR, NAME, INTERNAL_CHAR, UNKNOWN -> (String) value;
            case BYTEA -> ByteaText.format((byte[]) value, settings.byteaEscaped());
            case DATE -> DateTimeText.formatDate((Long) value);
            case TIME -> DateTimeText.formatTime((Long) value);
            case TIMESTAMP -> DateTimeText.formatTimestamp((Long) value);
            case TIMESTAMPTZ -> DateTimeText.formatTimestampTz((Long) value, settings.zone());
            case UUID -> value.toString();
            case INTERVAL -> IntervalText.format((Interval) value);
            case OID, XID -> Long.toString((Long) value & OID_MAX);
            case REGCLASS, REGTYPE, REGPROC, REGNAMESPACE ->
                    settings.names().name(type.kind(), (Long) value);
            case ARRAY -> ArrayText.format(elementOf(type), (List<?>) value, settings);
            case RECORD -> throw SqlException.unsupported("output of anonymous composite types");
            case VOID -> "";
        };
    }

    private static SqlType elementOf(SqlType array) {
        SqlType element = array.element();
        Invariant.check(element != null, "an array has an element");
        return Objects.requireNonNull(element);
    }

    static SqlException invalidInput(String typeName, String text) {
        return new SqlException(
                ErrorCode.INVALID_TEXT_REPRESENTATION,
                "invalid input syntax for type " + typeName + ": \"" + text + "\"");
    }

    private static boolean parseBoolean(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        Boolean value =
                switch (word) {
                    case "1", "on", "t", "tr", "tru", "true", "y", "ye", "yes" -> true;
                    case "0", "of", "off", "f", "fa", "fal", "fals", "false", "n", "no" -> false;
                    default -> null;
                };
        if (value == null) {
            throw invalidInput("boolean", text);
        }
        return value;
    }

    private static Long parseInteger(TypeKind kind, String text, long min, long max) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        boolean negative = start < end && text.charAt(start) == '-';
        if (start < end && (negative || text.charAt(start) == '+')) {
            start++;
        }
        if (start == end) {
            throw invalidInput(kind.sqlName(), text);
        }
        long value = 0;
        boolean overflow = false;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw invalidInput(kind.sqlName(), text);
            }
            // Kept negative, since the range has one more number on that side.
            overflow |= value < (Long.MIN_VALUE + digit) / 10;
            value = value * 10 - digit;
        }
        overflow |= !negative && value == Long.MIN_VALUE;
        long signed = negative ? value : -value;
        if (overflow || signed < min || signed > max) {
            throw outOfRange(kind, text);
        }
        return signed;
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static SqlException outOfRange(TypeKind kind, String text) {
        return new SqlException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "value \"" + text + "\" is out of range for type " + kind.sqlName());
    }

    private static Long parseOid(TypeKind kind, String text) {
        long value;
        try {
            value = parseInteger(kind, text, Long.MIN_VALUE, Long.MAX_VALUE);
        } catch (SqlException e) {
            if (kind != TypeKind.OID
                    && kind != TypeKind.XID
                    && e.code() == ErrorCode.INVALID_TEXT_REPRESENTATION) {
                throw SqlException.unsupported(
                        "a name as input of type " + kind.sqlName() + " outside of a query");
            }
            throw e;
        }
        if (value > OID_MAX || value < Integer.MIN_VALUE) {
            throw outOfRange(kind, text);
        }
        return value & OID_MAX;
    }

    private static BigDecimal parseNumeric(String text) {
        String number = text.strip();
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                throw notPlainNumeric(number, text);
            }
        }
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        BigDecimal value;
        try {
            String mantissa = e < 0 ? number : number.substring(0, e);
            value = new BigDecimal(mantissa);
            if (e >= 0) {
                value = value.scaleByPowerOfTen(exponent(number.substring(e + 1), value));
            }
        } catch (NumberFormatException malformed) {
            throw invalidInput("numeric", text);
        }
        return inRange(value);
    }

    /** An exponent, cut to where the result is out of range anyhow. */
    private static int exponent(String digits, BigDecimal mantissa) {
        String unsigned =
                digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
        if (unsigned.isEmpty() || unsigned.chars().anyMatch(c -> c < '0' || c > '9')) {
            throw new NumberFormatException(digits);
        }
        int limit =
                NUMERIC_INTEGER_DIGITS_MAX + mantissa.precision() + Math.abs(mantissa.scale()) + 1;
        int value = unsigned.length() > 9 ? limit : Math.min(Integer.parseInt(unsigned), limit);
        return digits.startsWith("-") ? -value : value;
    }

    /**
     * A numeric of at least no fraction digits and at most those that the type has.
     *
     * @throws SqlException 22003 if it has too many digits before the point
     */
    public static BigDecimal inRange(BigDecimal value) {
        if (value.signum() != 0
                && (long) value.precision() - value.scale() > NUMERIC_INTEGER_DIGITS_MAX) {
            throw new SqlException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
        }
        if (value.scale() < 0) {
            return value.signum() == 0 ? BigDecimal.ZERO : value.setScale(0);
        }
        return value.scale() > NUMERIC_SCALE_MAX
                ? value.setScale(NUMERIC_SCALE_MAX, RoundingMode.HALF_UP)
                : value;
    }

    private static SqlException notPlainNumeric(String number, String text) {
        return switch (number.toLowerCase(Locale.ROOT)) {
            case "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity" ->
                    SqlException.unsupported(number + " as a numeric")
                            .hint("Use double precision for values that are not finite.");
            default -> invalidInput("numeric", text);
        };
    }

    private static UUID parseUuid(String text) {
        int i = 0;
        int end = text.length();
        if (end > 0 && text.charAt(0) == '{') {
            if (text.charAt(end - 1) != '}') {
                throw invalidInput("uuid", text);
            }
            i++;
            end--;
        }
        long high = 0;
        long low = 0;
        for (int digits = 0; digits < 32; digits++) {
            boolean hyphenAllowed = digits > 0 && digits % 4 == 0;
            if (hyphenAllowed && i < end && text.charAt(i) == '-') {
                i++;
            }
            int digit = i < end && text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw invalidInput("uuid", text);
            }
            i++;
            if (digits < 16) {
                high = high << 4 | digit;
            } else {
                low = low << 4 | digit;
            }
        }
        if (i != end) {
            throw invalidInput("uuid", text);
        }
        return new UUID(high, low);
    }

    /** A name cut to the bytes that names may have, never within a character. */
    public static String cutName(String name) {
        if (name.length() * 3 <= NAME_BYTES_MAX) {
            return name;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= NAME_BYTES_MAX) {
            return name;
        }
        int end = NAME_BYTES_MAX;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
