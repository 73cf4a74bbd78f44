package io.faraddb.engine.sql.function;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names as SQL spells them: folded to lower case unless quoted, joined by points. */
public final class QualifiedNames {

    /** Words that are not a name without quotes: PostgreSQL 15's, but for the unreserved. */
    private static final String KEYWORDS =
            """
            all analyse analyze and any array as asc asymmetric authorization between
            bigint binary bit boolean both case cast char character check coalesce
            collate collation column concurrently constraint create cross
            current_catalog current_date current_role current_schema current_time
            current_timestamp current_user dec decimal default deferrable desc distinct
            do else end except exists extract false fetch float for foreign freeze from
            full grant greatest group grouping having ilike in initially inner inout int
            integer intersect interval into is isnull join lateral leading least left
            like limit localtime localtimestamp national natural nchar none normalize
            not notnull null nullif numeric offset on only or order out outer overlaps
            overlay placing position precision primary real references returning right
            row select session_user setof similar smallint some substring symmetric
            table tablesample then time timestamp to trailing treat trim true union
            unique user using values varchar variadic verbose when where window with
            xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces
            xmlparse xmlpi xmlroot xmlserialize xmltable
            """;

    private static final Set<String> QUOTED_KEYWORDS = Set.of(KEYWORDS.strip().split("\\s+"));

    private QualifiedNames() {}

    /** A name as it can stand in SQL, in quotes only if it needs them. */
    public static String quote(String name) {
        return isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean start = (c >= 'a' && c <= 'z') || c == '_';
            if (!start && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty() && !QUOTED_KEYWORDS.contains(name);
    }

    /**
     * The parts of a name.
     *
     * @throws SqlException 42602 if it is none
     */
    public static List<String> split(String text) {
        List<String> names = new ArrayList<>();
        int at = 0;
        String rest = text.strip();
        while (true) {
            int end = rest.startsWith("\"", at) ? quotedEnd(rest, at) : plainEnd(rest, at);
            if (end <= at) {
                throw new SqlException(ErrorCode.INVALID_NAME, "invalid name syntax");
            }
            String part = rest.substring(at, end);
            names.add(
                    part.startsWith("\"")
                            ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                            : part.toLowerCase(Locale.ROOT));
            if (end == rest.length()) {
                return names;
            }
            if (rest.charAt(end) != '.') {
                throw new SqlException(ErrorCode.INVALID_NAME, "invalid name syntax");
            }
            at = end + 1;
        }
    }

    private static int quotedEnd(String text, int start) {
        int at = start + 1;
        while (at < text.length()) {
            if (text.charAt(at) != '"') {
                at++;
            } else if (text.startsWith("\"", at + 1)) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        return start;
    }

    private static int plainEnd(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '"') {
            at++;
        }
        return at;
    }
}
