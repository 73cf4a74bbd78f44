package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.session.Prepared;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.node.pgwire.codec.RowWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement of one connection. */
final class Statement {

    private static final String COPY = "copy";

    final Prepared prepared;

    /** Whether it may turn the connection's direction: then what follows has to wait for it. */
    final boolean mayCopy;

    /** Its end was asked for, but that question is not answered yet. */
    boolean closing;

    private @Nullable RowWriter rowWriter;

    Statement(Prepared prepared) {
        this.prepared = prepared;
        mayCopy = mayCopy(prepared.sql());
    }

    /** By its first word; comments before it are skipped. */
    private static boolean mayCopy(String sql) {
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                // Comments may be nested; waiting for a statement that is no COPY harms nobody.
                return sql.toLowerCase(java.util.Locale.ROOT).contains(COPY);
            } else {
                return sql.regionMatches(true, at, COPY, 0, COPY.length());
            }
        }
        return false;
    }

    /** Formats seldom change between executions. */
    RowWriter rowWriter(List<Field> fields, short[] formats) {
        RowWriter writer = rowWriter;
        if (writer == null || !writer.isFor(fields, formats)) {
            writer = new RowWriter(fields, formats);
            rowWriter = writer;
        }
        return writer;
    }
}
