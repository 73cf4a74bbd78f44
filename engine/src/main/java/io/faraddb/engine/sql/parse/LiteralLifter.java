package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.Expression.LiteralKind;
import io.faraddb.engine.sql.parse.lex.SourceText;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a statement's text that finds its literals. It knows words, strings, numbers and
 * parentheses and no grammar; whatever it does not know for sure it leaves alone.
 */
final class LiteralLifter {

    // What stood before.
    private static final int NOTHING = 0;
    private static final int WORD = 1;
    private static final int VALUE = 2;
    private static final int OPERATOR = 3;
    private static final int COMMA_OR_OPEN = 4;

    // How far a type's name has come behind AS or "::".
    private static final int NO_TYPE = 0;
    private static final int TYPE_EXPECTED = 1;
    private static final int TYPE_NAMED = 2;

    private static final int EXPONENT_MAX = 1_000;
    private static final int CODE_LETTERS_MAX = 12;
    private static final long NO_CODE = -1;

    private static final long AS = code("as");
    private static final long BY = code("by");
    private static final long DISTINCT = code("distinct");
    private static final long GROUP = code("group");
    private static final long ORDER = code("order");

    private static final long[] STATEMENTS =
            codes("select", "insert", "update", "delete", "upsert", "values", "call", "with");

    /** Words that end a list of keys. */
    private static final long[] ENDS_OF_KEYS =
            codes(
                    "limit",
                    "offset",
                    "fetch",
                    "for",
                    "having",
                    "union",
                    "intersect",
                    "except",
                    "window",
                    "returning",
                    "rows",
                    "range");

    /** Words that a plain string or a sign may follow; behind others a string has a type's name. */
    private static final long[] BEFORE_VALUES =
            codes(
                    "select",
                    "where",
                    "and",
                    "or",
                    "not",
                    "in",
                    "like",
                    "ilike",
                    "to",
                    "escape",
                    "between",
                    "symmetric",
                    "then",
                    "when",
                    "else",
                    "case",
                    "from",
                    "limit",
                    "offset",
                    "distinct",
                    "all",
                    "on",
                    "having",
                    "by",
                    "returning",
                    "zone",
                    "for",
                    "both",
                    "leading",
                    "trailing",
                    "using",
                    "is",
                    "placing",
                    "set",
                    "values");

    private final String sql;
    private final int length;
    private final StatementText result;
    private final StringBuilder key;

    private int at;
    private int copied;
    private boolean share;
    private int before;
    private long wordCode;
    private int depth;
    private int type;
    private int keptDepth;
    private int keysDepth;

    LiteralLifter(String sql) {
        this.sql = sql;
        this.length = sql.length();
        this.result = new StatementText(sql);
        this.key = new StringBuilder(length + 16);
    }

    @Nullable StatementText lift() {
        if (length > SourceText.LENGTH_MAX || !startsWithRowStatement()) {
            return null;
        }
        Outcome outcome = scan();
        if (outcome == Outcome.AGAIN_SHARING) {
            // Keys of groups are matched with output columns, so equal literals must stay equal.
            share = true;
            outcome = scan();
        }
        if (outcome != Outcome.DONE) {
            return null;
        }
        key.append(sql, copied, length);
        result.setKey(key.toString());
        return result;
    }

    /** How a pass ended. */
    private enum Outcome {
        DONE,
        GIVEN_UP,
        AGAIN_SHARING
    }

    private boolean startsWithRowStatement() {
        at = 0;
        while (at < length && (isBlank(sql.charAt(at)) || sql.charAt(at) == '(')) {
            at++;
        }
        word();
        return contains(STATEMENTS, wordCode);
    }

    private void reset() {
        at = 0;
        copied = 0;
        before = NOTHING;
        wordCode = NO_CODE;
        depth = 0;
        type = NO_TYPE;
        keptDepth = Integer.MAX_VALUE;
        keysDepth = Integer.MAX_VALUE;
        key.setLength(0);
        result.clear();
    }

    private Outcome scan() {
        reset();
        while (at < length) {
            char c = sql.charAt(at);
            if (isBlank(c)) {
                at++;
            } else if (isNameStart(c)) {
                long previous = before == WORD ? wordCode : NO_CODE;
                word();
                if (at < length && sql.charAt(at) == '\'') {
                    // E'...', B'...' and the like.
                    return Outcome.GIVEN_UP;
                }
                if (!share && (wordCode == GROUP || wordCode == DISTINCT)) {
                    return Outcome.AGAIN_SHARING;
                }
                wordRead(previous);
            } else if (isDigit(c) || (c == '.' && at + 1 < length && isDigit(sql.charAt(at + 1)))) {
                if (!number(at, false)) {
                    return Outcome.GIVEN_UP;
                }
            } else if (c == '\'') {
                if (!string()) {
                    return Outcome.GIVEN_UP;
                }
            } else if (!other(c)) {
                return Outcome.GIVEN_UP;
            }
        }
        return Outcome.DONE;
    }

    // Words ------------------------------------------------------------------------------------

    /** Reads a word and tells it by a code of its letters. */
    private void word() {
        int start = at;
        long code = 0;
        while (at < length) {
            char c = sql.charAt(at);
            int letter = (c | 0x20) - 'a';
            if (letter >= 0 && letter < 26 && c < 128) {
                code = code << 5 | letter + 1;
            } else if (isNamePart(c)) {
                code = NO_CODE;
                break;
            } else {
                break;
            }
            at++;
        }
        while (at < length && isNamePart(sql.charAt(at))) {
            at++;
        }
        wordCode = at - start > CODE_LETTERS_MAX ? NO_CODE : code;
    }

    private void wordRead(long previous) {
        before = WORD;
        if (wordCode == AS) {
            type = TYPE_EXPECTED;
        } else if (type == TYPE_EXPECTED) {
            type = TYPE_NAMED;
        }
        if (wordCode == BY && (previous == ORDER || previous == GROUP)) {
            keysDepth = depth;
        } else if (depth == keysDepth && contains(ENDS_OF_KEYS, wordCode)) {
            keysDepth = Integer.MAX_VALUE;
        }
    }

    // Literals ---------------------------------------------------------------------------------

    /**
     * Reads a number.
     *
     * @param start of it, or of the minus before it
     */
    private boolean number(int start, boolean minus) {
        int digits = at;
        boolean decimal = false;
        while (at < length && (isDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            decimal |= sql.charAt(at) == '.';
            at++;
        }
        if (at < length && isNamePart(sql.charAt(at))) {
            if (!exponent()) {
                return false;
            }
            decimal = true;
        }
        if (keptHere(decimal)) {
            before = VALUE;
            return true;
        }
        String text = sql.substring(digits, at);
        if (minus) {
            text = "-".concat(text);
        }
        before = VALUE;
        type = NO_TYPE;
        if (decimal || text.length() > 18) {
            return decimal(start, digits, text, minus);
        }
        long value = Long.parseLong(text);
        if (value == Integer.MIN_VALUE && negatedAgain(start)) {
            return false;
        }
        LiteralKind kind = value == (int) value ? LiteralKind.INTEGER : LiteralKind.BIGINT;
        return lift(start, digits, kind, value, minus);
    }

    /** Whether a minus stands before the parentheses: then the least integer is none. */
    private boolean negatedAgain(int start) {
        int behind = start;
        while (behind > 0 && " \t\n\r(".indexOf(sql.charAt(behind - 1)) >= 0) {
            behind--;
        }
        return behind > 0 && sql.charAt(behind - 1) == '-';
    }

    private boolean exponent() {
        if ((sql.charAt(at) | 0x20) != 'e') {
            return false;
        }
        at++;
        if (at < length && (sql.charAt(at) == '+' || sql.charAt(at) == '-')) {
            at++;
        }
        int start = at;
        while (at < length && isDigit(sql.charAt(at))) {
            at++;
        }
        return at > start && at - start <= 4 && !(at < length && isNamePart(sql.charAt(at)));
    }

    private boolean decimal(int start, int digits, String text, boolean minus) {
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException severalPoints) {
            return false;
        }
        if (Math.abs((long) value.scale()) > EXPONENT_MAX) {
            return false;
        }
        if (value.scale() < 0) {
            value = value.setScale(0);
        }
        if (value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) == 0 && negatedAgain(start)) {
            return false;
        }
        boolean isLong =
                text.indexOf('.') < 0
                        && text.indexOf('e') < 0
                        && text.indexOf('E') < 0
                        && value.unscaledValue().bitLength() < 64;
        return isLong
                ? lift(start, digits, LiteralKind.BIGINT, value.longValueExact(), minus)
                : lift(start, digits, LiteralKind.NUMERIC, value, minus);
    }

    /** Whether a number shapes the plan: a type's modifier or the position of a column. */
    private boolean keptHere(boolean decimal) {
        if (depth >= keptDepth) {
            return true;
        }
        return !decimal
                && depth == keysDepth
                && (before == COMMA_OR_OPEN || (before == WORD && wordCode == BY));
    }

    private boolean string() {
        int start = at;
        boolean quotes = false;
        at++;
        while (true) {
            at = sql.indexOf('\'', at);
            if (at < 0) {
                return false;
            }
            if (at + 1 < length && sql.charAt(at + 1) == '\'') {
                quotes = true;
                at += 2;
            } else {
                break;
            }
        }
        at++;
        if (before == VALUE && start > 0) {
            // A string behind a value: continued over lines, or a mistake.
            return false;
        }
        boolean kept = depth >= keptDepth || (before == WORD && !beforeValue()) || isCastToReg();
        before = VALUE;
        type = NO_TYPE;
        if (kept) {
            return true;
        }
        String value = sql.substring(start + 1, at - 1);
        if (quotes) {
            value = value.replace("''", "'");
        }
        return value.indexOf('\0') < 0 && lift(start, start, LiteralKind.STRING, value, false);
    }

    private boolean beforeValue() {
        return contains(BEFORE_VALUES, wordCode);
    }

    /** {@code 'name'::regclass} and the like look names up when the statement is bound. */
    private boolean isCastToReg() {
        int i = skipBlanks(at);
        if (!sql.startsWith("::", i)) {
            return false;
        }
        i = skipBlanks(i + 2);
        if (sql.regionMatches(true, i, "pg_catalog.", 0, 11)) {
            i += 11;
        }
        return sql.regionMatches(true, i, "reg", 0, 3);
    }

    private int skipBlanks(int from) {
        int i = from;
        while (i < length && isBlank(sql.charAt(i))) {
            i++;
        }
        return i;
    }

    private boolean lift(int start, int offset, LiteralKind kind, Object value, boolean minus) {
        if (result.placeCount() == StatementText.LITERALS_MAX) {
            return false;
        }
        int index = result.add(offset, kind, value, minus, share);
        key.append(sql, copied, start).append('$');
        key.append(
                switch (kind) {
                    case INTEGER -> 'i';
                    case BIGINT -> 'l';
                    case NUMERIC -> 'n';
                    case STRING -> 's';
                });
        if (share) {
            key.append(index);
        }
        copied = at;
        return true;
    }

    // All else ---------------------------------------------------------------------------------

    private boolean other(char c) {
        switch (c) {
            case '(', '[' -> open();
            case ')', ']' -> close();
            case ',' -> mark(COMMA_OR_OPEN);
            case '.' -> {
                // Between the parts of a name.
                at++;
            }
            case '"' -> {
                return quotedName();
            }
            case ';' -> {
                at = skipBlanks(at + 1);
                return at == length;
            }
            case ':' -> {
                if (at + 1 >= length || sql.charAt(at + 1) != ':') {
                    mark(OPERATOR);
                    return true;
                }
                at++;
                mark(OPERATOR);
                type = TYPE_EXPECTED;
            }
            case '-' -> {
                return minus();
            }
            case '/' -> {
                if (at + 1 < length && sql.charAt(at + 1) == '*') {
                    return comment();
                }
                mark(OPERATOR);
            }
            case '+', '*', '<', '>', '=', '~', '!', '@', '#', '%', '^', '&', '|', '`' ->
                    mark(OPERATOR);
            default -> {
                // "$", "?" and what is no SQL.
                return false;
            }
        }
        return true;
    }

    private void mark(int what) {
        before = what;
        type = NO_TYPE;
        at++;
    }

    private void open() {
        depth++;
        if (type == TYPE_NAMED && keptDepth == Integer.MAX_VALUE) {
            keptDepth = depth;
        }
        mark(COMMA_OR_OPEN);
    }

    private void close() {
        depth--;
        if (depth < keptDepth) {
            keptDepth = Integer.MAX_VALUE;
        }
        if (depth < keysDepth) {
            keysDepth = Integer.MAX_VALUE;
        }
        mark(VALUE);
    }

    private boolean quotedName() {
        int end = sql.indexOf('"', at + 1);
        if (end < 0) {
            return false;
        }
        at = end + 1;
        before = WORD;
        wordCode = NO_CODE;
        if (type == TYPE_EXPECTED) {
            type = TYPE_NAMED;
        }
        return true;
    }

    /** A comment, an operator, or the sign of a number. */
    private boolean minus() {
        if (at + 1 < length && sql.charAt(at + 1) == '-') {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? length : end;
            return true;
        }
        boolean sign = before == OPERATOR || before == COMMA_OR_OPEN || before == NOTHING;
        sign |= before == WORD && beforeValue();
        int start = at;
        int number = skipBlanks(at + 1);
        if (!sign
                || number == length
                || !isDigit(sql.charAt(number))
                || joinsOperator(start)
                || depth >= keptDepth) {
            mark(OPERATOR);
            return true;
        }
        int end = number;
        while (end < length && (isNamePart(sql.charAt(end)) || sql.charAt(end) == '.')) {
            end++;
        }
        // "-1::int2" is -(1::int2), and a position of a column keeps its sign.
        if (sql.startsWith("::", skipBlanks(end)) || depth == keysDepth) {
            mark(OPERATOR);
            return true;
        }
        at = number;
        return number(start, true);
    }

    /** "@-1" may be an operator "@-"; "=-1" never is one. */
    private boolean joinsOperator(int start) {
        for (int i = start - 1; i >= 0; i--) {
            char c = sql.charAt(i);
            if ("~!@#%^&|`?".indexOf(c) >= 0) {
                return true;
            }
            if ("+-*/<>=".indexOf(c) < 0) {
                return false;
            }
        }
        return false;
    }

    private boolean comment() {
        int end = sql.indexOf("*/", at + 2);
        int nested = sql.indexOf("/*", at + 2);
        if (end < 0 || (nested >= 0 && nested < end)) {
            return false;
        }
        at = end + 2;
        return true;
    }

    // Characters -------------------------------------------------------------------------------

    private static long code(String word) {
        long code = 0;
        for (int i = 0; i < word.length(); i++) {
            code = code << 5 | word.charAt(i) - 'a' + 1;
        }
        return code;
    }

    private static long[] codes(String... words) {
        long[] codes = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            codes[i] = code(words[i]);
        }
        return codes;
    }

    private static boolean contains(long[] codes, long code) {
        for (long candidate : codes) {
            if (candidate == code) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }
}
