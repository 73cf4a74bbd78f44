package io.faraddb.engine.sql.parse.lex;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Cuts a text into tokens. */
final class Lexer {

    /** PostgreSQL's limit; a longer name is refused rather than cut. */
    static final int NAME_BYTES_MAX = 63;

    private static final int TYPICAL_CHARS_PER_TOKEN = 5;
    private static final String OPERATOR_CHARS = "+-*/<>=~!@#%^&|`?";
    private static final String CHARS_THAT_ALLOW_TRAILING_SIGN = "~!@#%^&|`?";

    private final SourceText source;
    private final String text;
    private final int length;
    private final StringLexer strings;
    private final List<Token> tokens;
    private int offset;

    private Lexer(SourceText source) {
        this.source = source;
        this.text = source.text();
        this.length = text.length();
        this.strings = new StringLexer(source);
        this.tokens = new ArrayList<>(length / TYPICAL_CHARS_PER_TOKEN + 2);
    }

    /**
     * All tokens of a text; the last is the only one of kind END, or of kind INVALID where no token
     * can be made of the text: an earlier mistake in grammar counts more.
     */
    static Tokens tokens(SourceText source) {
        Lexer lexer = new Lexer(source);
        SqlException failure = null;
        try {
            lexer.run();
        } catch (SqlException noToken) {
            failure = noToken;
            int at = Math.min(lexer.offset, lexer.length);
            lexer.tokens.add(new Token(TokenKind.INVALID, at, at, "", null));
        }
        return new Tokens(lexer.tokens, failure);
    }

    /**
     * The tokens of a text.
     *
     * @param failure why the last is INVALID; null when it is not
     */
    record Tokens(List<Token> list, @Nullable SqlException failure) {}

    private void run() {
        skipBlanks();
        while (offset < length) {
            next();
            skipBlanks();
        }
        tokens.add(new Token(TokenKind.END, length, length, "", null));
    }

    private void next() {
        char c = text.charAt(offset);
        if (isNameStart(c)) {
            wordOrPrefixedString(c);
        } else if (isDigit(c) || (c == '.' && isDigit(charAt(offset + 1)))) {
            number();
        } else if (c == '\'') {
            addString(TokenKind.STRING, strings.plain(offset));
        } else if (c == '"') {
            StringLexer.Piece name = strings.quotedName(offset);
            addName(name.end(), name.value());
        } else if (c == '$') {
            dollar();
        } else if (OPERATOR_CHARS.indexOf(c) >= 0) {
            operator();
        } else {
            punctuation(c);
        }
    }

    private void add(TokenKind kind, int end) {
        add(kind, end, text.substring(offset, end));
    }

    private void add(TokenKind kind, int end, String value) {
        tokens.add(new Token(kind, offset, end, value, null));
        offset = end;
    }

    private void addString(TokenKind kind, StringLexer.Piece piece) {
        add(kind, piece.end(), piece.value());
    }

    private void addName(int end, String name) {
        checkNameLength(end, name);
        add(TokenKind.QUOTED_NAME, end, name);
    }

    // Words ------------------------------------------------------------------------------------

    private void wordOrPrefixedString(char first) {
        char second = charAt(offset + 1);
        if (second == '\'') {
            switch (first) {
                case 'e', 'E' -> {
                    addString(TokenKind.STRING, strings.escaped(offset, offset + 1));
                    return;
                }
                case 'b', 'B' -> {
                    addString(TokenKind.BIT_STRING, strings.digits(offset, 2, "binary"));
                    return;
                }
                case 'x', 'X' -> {
                    addString(TokenKind.HEX_STRING, strings.digits(offset, 16, "hexadecimal"));
                    return;
                }
                case 'n', 'N' -> {
                    addString(TokenKind.STRING, strings.plain(offset + 1));
                    return;
                }
                default -> {
                    // An ordinary word that a string follows.
                }
            }
        }
        if ((first == 'u' || first == 'U') && second == '&') {
            char third = charAt(offset + 2);
            if (third == '\'') {
                addString(TokenKind.STRING, strings.unicode(offset, '\''));
                return;
            }
            if (third == '"') {
                StringLexer.Piece name = strings.unicode(offset, '"');
                addName(name.end(), name.value());
                return;
            }
        }
        word();
    }

    private void word() {
        int end = nameEnd(offset + 1);
        String word = foldCase(text, offset, end);
        checkNameLength(end, word);
        tokens.add(new Token(TokenKind.WORD, offset, end, word, Keyword.of(word)));
        offset = end;
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < length && isNamePart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** PostgreSQL folds ASCII only when the encoding is UTF8. */
    static String foldCase(String text, int start, int end) {
        boolean fold = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c > 127) {
                return foldAsciiOnly(text, start, end);
            }
            fold |= c >= 'A' && c <= 'Z';
        }
        String word = text.substring(start, end);
        return fold ? word.toLowerCase(Locale.ROOT) : word;
    }

    private static String foldAsciiOnly(String text, int start, int end) {
        StringBuilder word = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            word.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return word.toString();
    }

    private void checkNameLength(int end, String name) {
        // A char takes at most three bytes, or two of them four.
        if (name.length() * 3 > NAME_BYTES_MAX
                && name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw source.errorNear(
                    ErrorCode.NAME_TOO_LONG,
                    "name is longer than " + NAME_BYTES_MAX + " bytes",
                    offset,
                    end);
        }
    }

    // Numbers ----------------------------------------------------------------------------------

    private void number() {
        int end = digits(offset);
        TokenKind kind = TokenKind.INTEGER;
        // "1..2" is a range: the number ends before the first point.
        if (charAt(end) == '.' && charAt(end + 1) != '.') {
            end = digits(end + 1);
            kind = TokenKind.DECIMAL;
        }
        if (charAt(end) == 'e' || charAt(end) == 'E') {
            int exponent = end + 1;
            if (charAt(exponent) == '+' || charAt(exponent) == '-') {
                exponent++;
            }
            if (isDigit(charAt(exponent))) {
                end = digits(exponent);
                kind = TokenKind.DECIMAL;
            }
        }
        if (end < length && isNameStart(text.charAt(end))) {
            throw source.errorNear("trailing junk after numeric literal", offset, nameEnd(end));
        }
        add(kind, end);
    }

    private int digits(int start) {
        int end = start;
        while (end < length && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    // Dollars ----------------------------------------------------------------------------------

    private void dollar() {
        if (isDigit(charAt(offset + 1))) {
            int end = digits(offset + 1);
            if (end < length && isNameStart(text.charAt(end))) {
                throw source.errorNear("trailing junk after parameter", offset, nameEnd(end));
            }
            add(TokenKind.PARAMETER, end, text.substring(offset + 1, end));
            return;
        }
        StringLexer.Piece piece = strings.dollarQuoted(offset);
        if (piece == null) {
            throw source.errorNear("syntax error", offset, offset + 1);
        }
        addString(TokenKind.STRING, piece);
    }

    // Operators --------------------------------------------------------------------------------

    private void operator() {
        int end = offset;
        while (end < length
                && OPERATOR_CHARS.indexOf(text.charAt(end)) >= 0
                && !startsComment(end)) {
            end++;
        }
        // "a=-1" is "a = -1": a sign ends an operator only behind a char that makes it one.
        if (end - offset > 1 && !allowsTrailingSign(offset, end)) {
            while (end - offset > 1 && isSign(text.charAt(end - 1))) {
                end--;
            }
        }
        if (end - offset == 2) {
            if (text.startsWith("=>", offset)) {
                add(TokenKind.EQUALS_GREATER, end);
                return;
            }
            if (text.startsWith("!=", offset)) {
                add(TokenKind.OPERATOR, end, "<>");
                return;
            }
        }
        if (end - offset > NAME_BYTES_MAX) {
            throw source.errorNear("operator too long", offset, end);
        }
        add(TokenKind.OPERATOR, end);
    }

    private boolean allowsTrailingSign(int start, int end) {
        for (int i = start; i < end; i++) {
            if (CHARS_THAT_ALLOW_TRAILING_SIGN.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    private void punctuation(char c) {
        char second = charAt(offset + 1);
        switch (c) {
            case '(' -> add(TokenKind.OPEN, offset + 1);
            case ')' -> add(TokenKind.CLOSE, offset + 1);
            case '[' -> add(TokenKind.OPEN_BRACKET, offset + 1);
            case ']' -> add(TokenKind.CLOSE_BRACKET, offset + 1);
            case ',' -> add(TokenKind.COMMA, offset + 1);
            case ';' -> add(TokenKind.SEMICOLON, offset + 1);
            case '.' ->
                    add(
                            second == '.' ? TokenKind.DOT_DOT : TokenKind.DOT,
                            second == '.' ? offset + 2 : offset + 1);
            case ':' -> colon(second);
            default -> {
                int end = offset + Character.charCount(text.codePointAt(offset));
                throw source.errorNear("syntax error", offset, end);
            }
        }
    }

    private void colon(char second) {
        switch (second) {
            case ':' -> add(TokenKind.TYPE_CAST, offset + 2);
            case '=' -> add(TokenKind.COLON_EQUALS, offset + 2);
            default -> add(TokenKind.COLON, offset + 1);
        }
    }

    // Blanks -----------------------------------------------------------------------------------

    private boolean startsComment(int at) {
        return text.startsWith("--", at) || text.startsWith("/*", at);
    }

    private void skipBlanks() {
        while (offset < length) {
            char c = text.charAt(offset);
            if (isBlank(c)) {
                offset++;
            } else if (c == '-' && text.startsWith("--", offset)) {
                skipLine();
            } else if (c == '/' && text.startsWith("/*", offset)) {
                skipBlockComment();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (offset < length && text.charAt(offset) != '\n' && text.charAt(offset) != '\r') {
            offset++;
        }
    }

    private void skipBlockComment() {
        int start = offset;
        int depth = 0;
        do {
            if (text.startsWith("/*", offset)) {
                depth++;
                offset += 2;
            } else if (text.startsWith("*/", offset)) {
                depth--;
                offset += 2;
            } else if (offset < length) {
                offset++;
            } else {
                throw source.errorNear("unterminated /* comment", start, length);
            }
        } while (depth > 0);
    }

    // Characters -------------------------------------------------------------------------------

    private char charAt(int at) {
        return at < length ? text.charAt(at) : '\0';
    }

    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }
}
