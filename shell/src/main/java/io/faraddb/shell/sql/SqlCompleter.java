package io.faraddb.shell.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes keywords, and the names of tables and columns as they are when asked. */
public final class SqlCompleter implements Completer {

    /** Names asked for at most; more would be of no help to anybody. */
    private static final int NAMES_MAX = 2_000;

    private static final String NAMES =
            "SELECT c.relname, a.attname FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
                    + " WHERE c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0"
                    + " AND n.nspname NOT IN ('pg_catalog', 'information_schema') LIMIT "
                    + NAMES_MAX;

    private static final String KEYWORDS =
            """
            ALTER AND AS ASC BEGIN BETWEEN BY CALL CASE CAST COLUMN COMMIT CONFLICT COPY COUNT
            CREATE DELETE DESC DISTINCT DO DROP ELSE END EXCEPT EXISTS EXPLAIN FALSE FROM FULL
            GROUP HASH HAVING IN INDEX INNER INSERT INTERSECT INTO IS JOIN KEY LEFT LIKE LIMIT
            NOT NULL OFFSET ON OR ORDER OUTER PARTITION PRIMARY PROCEDURE REFERENCES RETURNING
            RIGHT ROLLBACK SELECT SET SHOW TABLE THEN TRUE TRUNCATE UNION UNIQUE UPDATE UPSERT
            USING VALUES VIEW WHEN WHERE WITH
            """;

    private final Connection connection;

    /** Asks this connection for names. */
    public SqlCompleter(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word().substring(0, line.wordCursor());
        boolean lower = word.equals(word.toLowerCase(Locale.ROOT)) && !word.isEmpty();
        for (String keyword : KEYWORDS.strip().split("\\s+")) {
            candidates.add(new Candidate(lower ? keyword.toLowerCase(Locale.ROOT) : keyword));
        }
        for (String name : names()) {
            candidates.add(new Candidate(name));
        }
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NAMES)) {
            while (rows.next()) {
                names.add(rows.getString(1));
                names.add(rows.getString(2));
            }
        } catch (SQLException e) {
            // Within a failed transaction, say: keywords must do then.
            return Set.of();
        }
        return names;
    }
}
