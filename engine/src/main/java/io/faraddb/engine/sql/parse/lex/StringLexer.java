package io.faraddb.engine.sql.parse.lex;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads quoted strings and names in all their spellings. */
final class StringLexer {

    /** A decoded string and the offset behind its source. */
    record Piece(String value, int end) {}

    private final SourceText source;
    private final String text;
    private final int length;

    StringLexer(SourceText source) {
        this.source = source;
        this.text = source.text();
        this.length = text.length();
    }

    /** '...' at an offset, where {@code ''} stands for a quote. */
    Piece plain(int start) {
        int end = closingQuote(start, '\'', "unterminated quoted string");
        String value = undouble(start + 1, end, '\'');
        return continued(start, new Piece(value, end + 1));
    }

    /** "..." at an offset. */
    Piece quotedName(int start) {
        int end = closingQuote(start, '"', "unterminated quoted identifier");
        if (end == start + 1) {
            throw source.errorNear("zero-length delimited identifier", start, end + 1);
        }
        return new Piece(undouble(start + 1, end, '"'), end + 1);
    }

    private int closingQuote(int start, char quote, String problem) {
        int end = start + 1;
        while (true) {
            end = text.indexOf(quote, end);
            if (end < 0) {
                throw source.errorNear(problem, start, length);
            }
            if (end + 1 >= length || text.charAt(end + 1) != quote) {
                return end;
            }
            end += 2;
        }
    }

    private String undouble(int start, int end, char quote) {
        String inside = text.substring(start, end);
        String one = String.valueOf(quote);
        return inside.indexOf(quote) < 0 ? inside : inside.replace(one + one, one);
    }

    /** Strings with nothing but blanks and a newline between them are one. */
    private Piece continued(int start, Piece piece) {
        Piece whole = piece;
        int next = nextPart(whole.end());
        while (next > 0) {
            int end = closingQuote(next, '\'', "unterminated quoted string");
            whole = new Piece(whole.value() + undouble(next + 1, end, '\''), end + 1);
            next = nextPart(whole.end());
        }
        if (whole.value().indexOf('\0') >= 0) {
            throw nulCharacter(start);
        }
        return whole;
    }

    private int nextPart(int from) {
        boolean newline = false;
        int at = from;
        while (at < length && Lexer.isBlank(text.charAt(at))) {
            newline |= text.charAt(at) == '\n' || text.charAt(at) == '\r';
            at++;
        }
        return newline && at < length && text.charAt(at) == '\'' ? at : -1;
    }

    // Bit strings ------------------------------------------------------------------------------

    /** The digits of B'...' or X'...'. */
    Piece digits(int start, int radix, String name) {
        int end = text.indexOf('\'', start + 2);
        if (end < 0) {
            String kind = radix == 2 ? "bit" : "hexadecimal";
            throw source.errorNear("unterminated " + kind + " string literal", start, length);
        }
        String digits = text.substring(start + 2, end);
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) > 127 || Character.digit(digits.charAt(i), radix) < 0) {
                throw new SqlException(
                                ErrorCode.INVALID_TEXT_REPRESENTATION,
                                "\"" + digits.charAt(i) + "\" is not a valid " + name + " digit")
                        .at(source.position(start));
            }
        }
        return new Piece(digits, end + 1);
    }

    // Dollar quotes ----------------------------------------------------------------------------

    /** $tag$...$tag$; null when no such quote begins here. */
    @Nullable Piece dollarQuoted(int start) {
        int tagEnd = start + 1;
        while (tagEnd < length
                && Lexer.isNamePart(text.charAt(tagEnd))
                && text.charAt(tagEnd) != '$') {
            tagEnd++;
        }
        if (tagEnd >= length || text.charAt(tagEnd) != '$') {
            return null;
        }
        String tag = text.substring(start, tagEnd + 1);
        int end = text.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            throw source.errorNear("unterminated dollar-quoted string", start, length);
        }
        return new Piece(text.substring(tagEnd + 1, end), end + tag.length());
    }

    // Escapes ----------------------------------------------------------------------------------

    /**
     * The string of E'...'.
     *
     * @param start of the token
     * @param quote offset of the opening quote
     */
    Piece escaped(int start, int quote) {
        StringBuilder value = new StringBuilder();
        int at = quote + 1;
        while (true) {
            if (at >= length) {
                throw source.errorNear("unterminated quoted string", start, length);
            }
            char c = text.charAt(at);
            if (c == '\'') {
                if (at + 1 < length && text.charAt(at + 1) == '\'') {
                    value.append('\'');
                    at += 2;
                    continue;
                }
                int next = nextPart(at + 1);
                if (next < 0) {
                    break;
                }
                at = next + 1;
            } else if (c == '\\' && at + 1 < length) {
                at = escape(start, at, value);
            } else {
                value.append(c);
                at++;
            }
        }
        if (value.indexOf("\0") >= 0) {
            throw nulCharacter(start);
        }
        return new Piece(value.toString(), at + 1);
    }

    /** Appends what the escape at an offset stands for and returns the offset behind it. */
    private int escape(int start, int at, StringBuilder value) {
        char c = text.charAt(at + 1);
        switch (c) {
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'v' -> value.append('\u000b');
            case 'u' -> {
                return unicodeEscape(at, at + 2, 4, value);
            }
            case 'U' -> {
                return unicodeEscape(at, at + 2, 8, value);
            }
            default -> {
                if (byteEscapeEnd(at) > at) {
                    return byteEscapes(start, at, value);
                }
                value.append(c);
            }
        }
        return at + 2;
    }

    private int unicodeEscape(int at, int digitsStart, int count, StringBuilder value) {
        int codePoint = hex(digitsStart, count);
        if (codePoint < 0) {
            throw new SqlException(ErrorCode.INVALID_ESCAPE_SEQUENCE, "invalid Unicode escape")
                    .hint("Unicode escapes must be \\uXXXX or \\UXXXXXXXX.")
                    .at(source.position(at));
        }
        appendCodePoint(at, codePoint, value);
        return digitsStart + count;
    }

    private void appendCodePoint(int at, int codePoint, StringBuilder value) {
        if (codePoint == 0 || !Character.isValidCodePoint(codePoint)) {
            throw new SqlException(ErrorCode.SYNTAX_ERROR, "invalid Unicode escape value")
                    .at(source.position(at));
        }
        value.appendCodePoint(codePoint);
    }

    /** The value of so many hexadecimal digits; -1 when they are not there. */
    private int hex(int start, int count) {
        if (start + count > length) {
            return -1;
        }
        long number = 0;
        for (int i = start; i < start + count; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 127) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    /** The end of \ooo or \xhh at an offset; the offset itself when there is none. */
    private int byteEscapeEnd(int at) {
        if (at + 1 >= length || text.charAt(at) != '\\') {
            return at;
        }
        int radix = text.charAt(at + 1) == 'x' ? 16 : 8;
        int first = radix == 16 ? at + 2 : at + 1;
        int max = radix == 16 ? 2 : 3;
        int end = first;
        while (end < length
                && end < first + max
                && text.charAt(end) < 128
                && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end == first ? at : end;
    }

    /** Byte escapes that follow each other make UTF-8 characters together. */
    private int byteEscapes(int start, int from, StringBuilder value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = from;
        for (int end = byteEscapeEnd(at); end > at; end = byteEscapeEnd(at)) {
            boolean hexadecimal = text.charAt(at + 1) == 'x';
            bytes.write(
                    Integer.parseInt(
                            text, hexadecimal ? at + 2 : at + 1, end, hexadecimal ? 16 : 8));
            at = end;
        }
        try {
            value.append(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray())));
        } catch (CharacterCodingException notUtf8) {
            throw new SqlException(
                            ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                            "invalid byte sequence for encoding \"UTF8\"")
                    .at(source.position(start));
        }
        return at;
    }

    private SqlException nulCharacter(int start) {
        return new SqlException(
                        ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                        "invalid byte sequence for encoding \"UTF8\": 0x00")
                .at(source.position(start));
    }

    // U& ---------------------------------------------------------------------------------------

    /** U&'...' or U&"..." with its UESCAPE, if any. */
    Piece unicode(int start, char quote) {
        Piece raw = quote == '"' ? quotedName(start + 2) : plain(start + 2);
        int end = raw.end();
        char escape = '\\';
        int at = end;
        while (at < length && Lexer.isBlank(text.charAt(at))) {
            at++;
        }
        if (text.regionMatches(true, at, "uescape", 0, 7)) {
            at += 7;
            while (at < length && Lexer.isBlank(text.charAt(at))) {
                at++;
            }
            if (at + 2 >= length || text.charAt(at) != '\'' || text.charAt(at + 2) != '\'') {
                throw source.errorNear(
                        "UESCAPE must be followed by a simple string literal",
                        at,
                        Math.min(length, at + 1));
            }
            escape = text.charAt(at + 1);
            end = at + 3;
        }
        return new Piece(unescapeUnicode(start, raw.value(), escape), end);
    }

    private String unescapeUnicode(int start, String raw, char escape) {
        StringBuilder value = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at);
            if (c != escape) {
                value.append(c);
                at++;
            } else if (at + 1 < raw.length() && raw.charAt(at + 1) == escape) {
                value.append(escape);
                at += 2;
            } else {
                boolean isLong = at + 1 < raw.length() && raw.charAt(at + 1) == '+';
                int first = isLong ? at + 2 : at + 1;
                int end = first + (isLong ? 6 : 4);
                appendCodePoint(start, unicodeDigits(start, raw, first, end), value);
                at = end;
            }
        }
        return value.toString();
    }

    private int unicodeDigits(int start, String raw, int first, int end) {
        try {
            if (end <= raw.length()) {
                return Integer.parseUnsignedInt(raw, first, end, 16);
            }
        } catch (NumberFormatException notHexadecimal) {
            // Reported below.
        }
        throw new SqlException(ErrorCode.SYNTAX_ERROR, "invalid Unicode escape")
                .hint("Unicode escapes must be \\XXXX or \\+XXXXXX.")
                .at(source.position(start));
    }
}
