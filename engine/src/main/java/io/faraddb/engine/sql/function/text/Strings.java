package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.TypeKind;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Strings whose characters are code points, as SQL counts them. */
final class Strings {

    /** Characters, or bytes, that one function's result may have. */
    static final int RESULT_LENGTH_MAX = 1 << 26;

    private Strings() {}

    static SqlException tooLong() {
        return new SqlException(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "requested length too large");
    }

    static void checkLength(long length) {
        if (length > RESULT_LENGTH_MAX) {
            throw tooLong();
        }
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Place among the UTF-16 units of a character; the end if there are not so many. */
    static int offset(String text, long character) {
        if (character <= 0) {
            return 0;
        }
        if (character >= text.length()) {
            long length = length(text);
            if (character >= length) {
                return text.length();
            }
        }
        return text.offsetByCodePoints(0, (int) character);
    }

    /** From a character, counted from 1, to the end. */
    static String substring(String text, long start) {
        return text.substring(offset(text, start - 1));
    }

    /**
     * @throws SqlException 22011 if length is negative
     */
    static String substring(String text, long start, long length) {
        if (length < 0) {
            throw negativeLength();
        }
        long end = start + length;
        if (end <= 1) {
            return "";
        }
        int from = offset(text, start - 1);
        return text.substring(from, Math.max(from, offset(text, end - 1)));
    }

    static SqlException negativeLength() {
        return new SqlException(ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
    }

    /** From 1; 0 if it is not there. */
    static long position(String text, String part) {
        int found = text.indexOf(part);
        return found < 0 ? 0 : text.codePointCount(0, found) + 1L;
    }

    static String left(String text, long count) {
        long length = count < 0 ? Math.max(0, length(text) + count) : count;
        return text.substring(0, offset(text, length));
    }

    static String right(String text, long count) {
        long skipped = count < 0 ? -count : Math.max(0, length(text) - count);
        return text.substring(offset(text, skipped));
    }

    static String repeat(String text, long count) {
        if (count <= 0) {
            return "";
        }
        checkLength(count * text.length());
        return text.repeat((int) count);
    }

    static String padLeft(String text, long length, String fill) {
        return padding(text, length, fill) + left(text, Math.max(0, length));
    }

    static String padRight(String text, long length, String fill) {
        return left(text, Math.max(0, length)) + padding(text, length, fill);
    }

    private static String padding(String text, long length, String fill) {
        checkLength(length);
        long missing = length - length(text);
        if (missing <= 0 || fill.isEmpty()) {
            return "";
        }
        int fillLength = length(fill);
        return fill.repeat((int) (missing / fillLength)) + left(fill, missing % fillLength);
    }

    static String trimLeft(String text, String characters) {
        int start = 0;
        while (start < text.length()) {
            int c = text.codePointAt(start);
            if (characters.indexOf(c) < 0) {
                break;
            }
            start += Character.charCount(c);
        }
        return text.substring(start);
    }

    static String trimRight(String text, String characters) {
        int end = text.length();
        while (end > 0) {
            int c = text.codePointBefore(end);
            if (characters.indexOf(c) < 0) {
                break;
            }
            end -= Character.charCount(c);
        }
        return text.substring(0, end);
    }

    static String trim(String text, String characters) {
        return trimRight(trimLeft(text, characters), characters);
    }

    /** Character by character, so that the number of them stays. */
    static String map(String text, IntUnaryOperator mapping) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) || mapping.applyAsInt(c) != c) {
                StringBuilder out = new StringBuilder(text.length());
                text.codePoints().map(mapping).forEach(out::appendCodePoint);
                return out.toString();
            }
        }
        return text;
    }

    static String lower(String text) {
        return map(text, Character::toLowerCase);
    }

    static String upper(String text) {
        return map(text, Character::toUpperCase);
    }

    /** The first letter of each word large, the others small. */
    static String capitalise(String text) {
        StringBuilder out = new StringBuilder(text.length());
        IntPredicate inWord = Character::isLetterOrDigit;
        boolean first = true;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            out.appendCodePoint(first ? Character.toUpperCase(c) : Character.toLowerCase(c));
            first = !inWord.test(c);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    static String translate(String text, String from, String to) {
        int[] sources = from.codePoints().toArray();
        int[] targets = to.codePoints().toArray();
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    int at = indexOf(sources, c);
                    if (at < 0) {
                        out.appendCodePoint(c);
                    } else if (at < targets.length) {
                        out.appendCodePoint(targets[at]);
                    }
                });
        return out.toString();
    }

    private static int indexOf(int[] values, int wanted) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    static String overlay(String text, String part, long start, long length) {
        if (start <= 0) {
            throw negativeLength();
        }
        long end = start + length;
        if (end != (int) end) {
            throw new SqlException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    TypeKind.INTEGER.sqlName() + " out of range");
        }
        return substring(text, 1, start - 1) + part + substring(text, end);
    }

    /** The n-th of the parts between delimiters, from the end if n is negative. */
    static String splitPart(String text, String delimiter, long n) {
        if (n == 0) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "field position must not be zero");
        }
        if (text.isEmpty()) {
            return "";
        }
        if (delimiter.isEmpty()) {
            return n == 1 || n == -1 ? text : "";
        }
        if (n < 0) {
            long count = 1;
            for (int at = text.indexOf(delimiter);
                    at >= 0;
                    at = text.indexOf(delimiter, at + delimiter.length())) {
                count++;
            }
            return n + count < 0 ? "" : splitPartForward(text, delimiter, n + count + 1);
        }
        return splitPartForward(text, delimiter, n);
    }

    private static String splitPartForward(String text, String delimiter, long n) {
        if (n < 1) {
            return "";
        }
        int start = 0;
        for (long i = 1; i < n; i++) {
            int at = text.indexOf(delimiter, start);
            if (at < 0) {
                return "";
            }
            start = at + delimiter.length();
        }
        int end = text.indexOf(delimiter, start);
        return end < 0 ? text.substring(start) : text.substring(start, end);
    }

    static String ofCodePoint(long code) {
        if (code < 0) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "character number must be positive");
        }
        if (code == 0) {
            throw limit("null character not permitted");
        }
        if (code > Character.MAX_CODE_POINT) {
            throw limit("requested character too large for encoding: " + code);
        }
        if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
            throw limit("requested character not valid for encoding: " + code);
        }
        return Character.toString((int) code);
    }

    private static SqlException limit(String message) {
        return new SqlException(ErrorCode.PROGRAM_LIMIT_EXCEEDED, message);
    }
}
