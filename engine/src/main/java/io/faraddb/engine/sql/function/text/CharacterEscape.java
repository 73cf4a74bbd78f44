package io.faraddb.engine.sql.function.text;

/**
 * What a backslash of a regular expression stands for.
 *
 * @param java the same for Java; for a class what stands inside its brackets
 * @param isClass whether it is several characters
 * @param code of the character; -1 for a class
 * @param end place behind it
 */
record CharacterEscape(String java, boolean isClass, int code, int end) {

    private static final int HEX = 16;
    private static final int OCTAL = 8;
    private static final int CONTROL_MASK = 0x1F;

    static void checkComplete(String text, int at) {
        if (at + 1 == text.length()) {
            throw invalid();
        }
    }

    private static RuntimeException invalid() {
        return RegularExpression.invalid("invalid escape \\ sequence");
    }

    /**
     * @param at place of the backslash
     */
    static CharacterEscape parse(String text, int at) {
        checkComplete(text, at);
        int c = text.codePointAt(at + 1);
        int end = at + 1 + Character.charCount(c);
        return switch (c) {
            case 'd' -> group("0-9", end);
            case 'D' -> group("^0-9", end);
            case 's' -> group("\\s", end);
            case 'S' -> group("\\S", end);
            case 'w' -> group(RegularExpressionTranslator.WORD, end);
            case 'W' -> group("^" + RegularExpressionTranslator.WORD, end);
            case 'a' -> single(7, end);
            case 'b' -> single('\b', end);
            case 'B' -> single('\\', end);
            case 'e' -> single(27, end);
            case 'f' -> single('\f', end);
            case 'n' -> single('\n', end);
            case 'r' -> single('\r', end);
            case 't' -> single('\t', end);
            case 'v' -> single(11, end);
            case 'c' -> {
                checkComplete(text, end - 1);
                yield single(text.charAt(end) & CONTROL_MASK, end + 1);
            }
            case 'u' -> number(text, end, 4, 4, HEX);
            case 'U' -> number(text, end, 8, 8, HEX);
            case 'x' -> number(text, end, 1, 255, HEX);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, at + 1, 1, 3, OCTAL);
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw invalid();
                }
                yield single(c, end);
            }
        };
    }

    private static CharacterEscape group(String java, int end) {
        // Shorthands need no brackets of their own inside of others.
        return new CharacterEscape(java, true, -1, end);
    }

    private static CharacterEscape single(int code, int end) {
        return new CharacterEscape(RegularExpressionTranslator.quoted(code), false, code, end);
    }

    private static CharacterEscape number(
            String text, int start, int digitsMin, int digitsMax, int radix) {
        int end = start;
        long value = 0;
        while (end < text.length() && end - start < digitsMax) {
            int digit = Character.digit(text.charAt(end), radix);
            if (digit < 0) {
                break;
            }
            value = value * radix + digit;
            end++;
            if (value > Character.MAX_CODE_POINT) {
                throw invalid();
            }
        }
        if (end - start < digitsMin) {
            throw invalid();
        }
        return single((int) value, end);
    }
}
