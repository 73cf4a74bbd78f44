package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A compiled regular expression of PostgreSQL's advanced kind.
 *
 * <p>Java's engine tries alternatives in their order where PostgreSQL takes the longest match;
 * apart from that the two agree. Each search has a limited number of steps.
 */
final class RegularExpression {

    /** Characters that one search may look at. */
    static final long STEPS_MAX = 20_000_000L;

    private final Pattern pattern;
    private final int groups;

    private RegularExpression(Pattern pattern, int groups) {
        this.pattern = pattern;
        this.groups = groups;
    }

    /**
     * @param flags as the functions' last argument has them, without g
     * @throws SqlException 2201B if it is no regular expression, 22023 for an unknown flag
     */
    static RegularExpression compile(String text, String flags) {
        RegularExpressionOptions options = new RegularExpressionOptions(flags);
        String body = options.takePrefix(text);
        int javaFlags = options.caseInsensitive() ? caseFlags() : 0;
        if (options.literal()) {
            return new RegularExpression(Pattern.compile(Pattern.quote(body), javaFlags), 0);
        }
        RegularExpressionTranslator translator = new RegularExpressionTranslator(body, options);
        String translated = translator.translate();
        try {
            return new RegularExpression(
                    Pattern.compile(translated, javaFlags), translator.groups());
        } catch (PatternSyntaxException e) {
            throw SqlException.unsupported("this regular expression")
                    .detail(e.getDescription() + ".");
        } catch (StackOverflowError e) {
            // Java's compiler recurses over groups.
            throw tooComplex();
        }
    }

    private static int caseFlags() {
        return Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    }

    static SqlException invalid(String reason) {
        return new SqlException(
                ErrorCode.INVALID_REGULAR_EXPRESSION, "invalid regular expression: " + reason);
    }

    private static SqlException tooComplex() {
        return new SqlException(
                        ErrorCode.STATEMENT_TOO_COMPLEX, "regular expression is too complex")
                .hint("Repeat single characters or classes rather than groups.");
    }

    /** Capturing groups. */
    int groups() {
        return groups;
    }

    boolean isIn(String text) {
        return search(text).next();
    }

    Search search(String text) {
        return new Search(pattern.matcher(new LimitedText(text)));
    }

    /** Finds match after match. */
    static final class Search {
        private final Matcher matcher;

        private Search(Matcher matcher) {
            this.matcher = matcher;
        }

        boolean next() {
            try {
                return matcher.find();
            } catch (StackOverflowError e) {
                // Java's engine recurses over repeated groups.
                throw tooComplex();
            }
        }

        /** The first match at or behind an offset. */
        boolean nextFrom(int offset) {
            try {
                return matcher.find(offset);
            } catch (StackOverflowError e) {
                throw tooComplex();
            }
        }

        int start() {
            return matcher.start();
        }

        int end() {
            return matcher.end();
        }

        int start(int group) {
            return matcher.start(group);
        }

        int end(int group) {
            return matcher.end(group);
        }

        @org.jspecify.annotations.Nullable
        String group(int group) {
            return matcher.group(group);
        }
    }

    /** A string that can't be read for ever. */
    private static final class LimitedText implements CharSequence {
        private final String text;
        private long steps;

        LimitedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > STEPS_MAX) {
                throw tooComplex();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
