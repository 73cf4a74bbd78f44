package io.faraddb.engine.sql.function.format;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.format.Picture.Node;
import io.faraddb.engine.sql.function.number.Numerics;
import io.faraddb.engine.type.Coercion;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** to_number: reads digits by a picture, as PostgreSQL does, character by character. */
final class NumberReader {

    private static final String DATA = "0123456789.,+-";

    private final NumberPicture picture;
    private final String text;
    private final StringBuilder digits = new StringBuilder();
    private char sign = ' ';
    private int at;
    private int readBefore;
    private int readBehind;
    private boolean point;

    private NumberReader(NumberPicture picture, String text) {
        this.picture = picture;
        this.text = text;
    }

    static @Nullable BigDecimal read(String text, String format) {
        if (format.isEmpty()) {
            return null;
        }
        NumberPicture picture = NumberPicture.parse(format);
        if (picture.scientific) {
            throw unsupported("EEEE");
        }
        if (picture.roman) {
            throw unsupported("RN");
        }
        return new NumberReader(picture, text).run();
    }

    private static SqlException unsupported(String keyword) {
        return new SqlException(
                ErrorCode.FEATURE_NOT_SUPPORTED, '"' + keyword + "\" not supported for input");
    }

    private BigDecimal run() {
        for (Node node : picture.nodes) {
            if (isAtEnd()) {
                break;
            }
            if (node.isField()) {
                field(node.text().toUpperCase(Locale.ROOT));
            } else {
                skip();
            }
        }
        String number = (sign == '-' ? "-" : "") + digits;
        if (number.endsWith(".")) {
            number = number.substring(0, number.length() - 1);
        }
        int scale = readBehind;
        int precision = Math.max(1, picture.before + picture.shift + scale);
        BigDecimal value;
        try {
            value = (BigDecimal) TextFormat.parse(SqlType.NUMERIC, number);
        } catch (SqlException e) {
            throw new SqlException(
                    ErrorCode.INVALID_TEXT_REPRESENTATION,
                    "invalid input syntax for type numeric: \""
                            + (sign == '-' ? "-" : " ")
                            + digits
                            + "\"");
        }
        BigDecimal fitted =
                (BigDecimal) Coercion.toDeclared(SqlType.numeric(precision, scale), value);
        return picture.shifted
                ? Numerics.divide(fitted, BigDecimal.TEN.pow(picture.shift))
                : fitted;
    }

    private boolean isAtEnd() {
        return at >= text.length();
    }

    private char here() {
        return isAtEnd() ? '\0' : text.charAt(at);
    }

    private void skip() {
        if (!isAtEnd()) {
            at += Character.charCount(text.codePointAt(at));
        }
    }

    /** Skips what can't be part of a number. */
    private void skipOthers(int count) {
        for (int i = 0; i < count && !isAtEnd() && DATA.indexOf(here()) < 0; i++) {
            skip();
        }
    }

    private void field(String keyword) {
        switch (keyword) {
            case "9", "0", ".", "D" -> {
                digit(!keyword.equals(".") && !keyword.equals("D"));
                at++;
            }
            case ",", "G" -> {
                if (!picture.fill && here() == ',') {
                    at++;
                }
            }
            case "L" -> skipOthers(1);
            case "TH" -> skipOthers(2);
            case "MI" -> signAtPlace("-");
            case "PL" -> signAtPlace("+");
            case "SG" -> signAtPlace("+-");
            default -> {
                // The others have been looked at before.
            }
        }
    }

    private void signAtPlace(String signs) {
        if (signs.indexOf(here()) >= 0) {
            sign = here();
            at++;
        } else {
            skipOthers(1);
        }
    }

    private void digit(boolean digitKeyword) {
        if (here() == ' ') {
            at++;
        }
        if (isAtEnd()) {
            return;
        }
        if (sign == ' ' && digitKeyword && readBefore + readBehind == 0) {
            leadingSign();
        }
        if (isAtEnd()) {
            return;
        }
        boolean read = false;
        char c = here();
        if (c >= '0' && c <= '9') {
            if (point && readBehind == picture.behind) {
                return;
            }
            digits.append(c);
            readBehind += point ? 1 : 0;
            readBefore += point ? 0 : 1;
            read = true;
        } else if (picture.decimal && !point && c == '.') {
            digits.append('.');
            point = true;
            read = true;
        }
        if (sign == ' ' && readBefore + readBehind > 0) {
            trailingSign(read);
        }
    }

    private void leadingSign() {
        char c = here();
        if (picture.localeSign) {
            if (picture.signBefore && (c == '-' || c == '+')) {
                sign = c;
                at++;
            }
        } else if (c == '-' || (picture.bracket && c == '<')) {
            sign = '-';
            at++;
        } else if (c == '+') {
            sign = '+';
            at++;
        }
    }

    private void trailingSign(boolean read) {
        if (picture.localeSign) {
            boolean follows = at + 1 < text.length();
            char next = follows ? text.charAt(at + 1) : '\0';
            if (read && (next == '-' || next == '+')) {
                sign = next;
                at++;
            }
        } else if (!read && (picture.plus || picture.minus) && "+-".indexOf(here()) >= 0) {
            sign = here();
        }
    }
}
