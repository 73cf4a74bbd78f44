package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.text.RegularExpression.Search;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the functions with regular expressions do once theirs is compiled. */
final class RegularExpressionCalls {

    private RegularExpressionCalls() {}

    /** What a match gives: its groups, or all of it if there are none. */
    private static List<@Nullable Object> groups(RegularExpression expression, Search search) {
        List<@Nullable Object> groups = new ArrayList<>();
        if (expression.groups() == 0) {
            groups.add(search.group(0));
        }
        for (int i = 1; i <= expression.groups(); i++) {
            groups.add(search.group(i));
        }
        return Collections.unmodifiableList(groups);
    }

    static @Nullable List<@Nullable Object> match(RegularExpression expression, String text) {
        Search search = expression.search(text);
        return search.next() ? groups(expression, search) : null;
    }

    static List<@Nullable Object[]> matches(
            RegularExpression expression, String text, boolean global) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        Search search = expression.search(text);
        while (search.next()) {
            rows.add(new @Nullable Object[] {groups(expression, search)});
            if (!global) {
                break;
            }
        }
        return rows;
    }

    /** The first group, or all of the match if there is none. */
    static @Nullable String cutOut(RegularExpression expression, String text) {
        Search search = expression.search(text);
        return search.next() ? search.group(Math.min(1, expression.groups())) : null;
    }

    /**
     * @param start place to search from, in UTF-16 units
     * @param nth which match to replace; 0 for all
     */
    static String replace(
            RegularExpression expression, String text, String replacement, int start, long nth) {
        Search search = expression.search(text);
        if (!search.nextFrom(start)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int copied = 0;
        long count = 0;
        do {
            count++;
            if (nth == 0 || count == nth) {
                out.append(text, copied, search.start());
                appendReplacement(out, replacement, expression, search);
                Strings.checkLength(out.length());
                copied = search.end();
            }
        } while ((nth == 0 || count < nth) && search.next());
        return out.append(text, copied, text.length()).toString();
    }

    private static void appendReplacement(
            StringBuilder out, String replacement, RegularExpression expression, Search search) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c != '\\' || i + 1 == replacement.length()) {
                out.append(c);
                continue;
            }
            char next = replacement.charAt(++i);
            if (next == '&') {
                out.append(search.group(0));
            } else if (next >= '1' && next <= '9') {
                int group = next - '0';
                String part = group <= expression.groups() ? search.group(group) : null;
                out.append(part == null ? "" : part);
            } else if (next == '\\') {
                out.append('\\');
            } else {
                out.append('\\').append(next);
            }
        }
    }

    /** What stands between matches; an empty match at an edge parts nothing. */
    static List<@Nullable Object> split(RegularExpression expression, String text) {
        List<@Nullable Object> parts = new ArrayList<>();
        Search search = expression.search(text);
        int copied = 0;
        int previousEnd = 0;
        while (search.next()) {
            if (search.start() < text.length() && search.end() > previousEnd) {
                parts.add(text.substring(copied, search.start()));
                copied = search.end();
            }
            previousEnd = search.end();
        }
        parts.add(text.substring(copied));
        return parts;
    }

    static long count(RegularExpression expression, String text, long start) {
        Search search = expression.search(text);
        long count = 0;
        boolean found = search.nextFrom(offset(text, start));
        while (found) {
            count++;
            found = search.next();
        }
        return count;
    }

    /** The n-th match from a character on; null if there are not so many. */
    static @Nullable Search nth(RegularExpression expression, String text, long start, long nth) {
        Search search = expression.search(text);
        boolean found = search.nextFrom(offset(text, start));
        for (long i = 1; found && i < nth; i++) {
            found = search.next();
        }
        return found ? search : null;
    }

    private static int offset(String text, long start) {
        return Strings.offset(text, start - 1);
    }

    /**
     * @throws SqlException 22023 unless the parameter is at least the minimum
     */
    static void check(String name, long value, long minimum) {
        if (value < minimum) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "invalid value for parameter \"" + name + "\": " + value);
        }
    }

    /** The flags without g, which a function may refuse. */
    static String withoutGlobal(String flags, @Nullable String refusing) {
        if (flags.indexOf('g') < 0) {
            return flags;
        }
        if (refusing != null) {
            SqlException error =
                    new SqlException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            refusing + " does not support the \"global\" option");
            throw refusing.equals("regexp_match()")
                    ? error.hint("Use the regexp_matches function instead.")
                    : error;
        }
        return flags.replace("g", "");
    }
}
