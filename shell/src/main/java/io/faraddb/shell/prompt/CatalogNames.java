package io.faraddb.shell.prompt;

import io.faraddb.shell.sql.SqlSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Names of tables with their columns, and of procedures, as the database has them now: asked for
 * when they are wanted, and again when they are some seconds old.
 */
final class CatalogNames {

    /** Names asked for at most; more would be of no help to anybody. */
    private static final int NAMES_MAX = 10_000;

    private static final Duration AGE_MAX = Duration.ofSeconds(3);
    private static final int SECONDS_MAX = 2;

    private static final String COLUMNS =
            "SELECT c.relname, a.attname FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
                    + " WHERE c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0"
                    + " AND n.nspname NOT IN ('pg_catalog', 'information_schema') LIMIT "
                    + NAMES_MAX;
    private static final String PROCEDURES =
            "SELECT p.proname FROM pg_catalog.pg_proc p"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
                    + " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') LIMIT "
                    + NAMES_MAX;

    private final SqlSession session;
    private final InstantSource clock;
    private Names names = new Names(Map.of(), Set.of());
    private Instant asked = Instant.MIN;

    /**
     * @param columnsByTable in the order of names
     */
    record Names(Map<String, Set<String>> columnsByTable, Set<String> procedures) {}

    /**
     * @param session that nobody else uses
     */
    CatalogNames(SqlSession session, InstantSource clock) {
        this.session = session;
        this.clock = clock;
    }

    /** The names; those known before if the database does not tell now. */
    Names get() {
        Instant now = clock.instant();
        if (asked.equals(Instant.MIN) || Duration.between(asked, now).compareTo(AGE_MAX) > 0) {
            asked = now;
            try {
                names = ask();
            } catch (SQLException e) {
                // Completion is a help; what is typed next tells what is wrong.
                return names;
            }
        }
        return names;
    }

    private Names ask() throws SQLException {
        Map<String, Set<String>> columns = new TreeMap<>();
        Set<String> procedures = new TreeSet<>();
        try (Statement statement = session.connection().createStatement()) {
            statement.setQueryTimeout(SECONDS_MAX);
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    columns.computeIfAbsent(rows.getString(1), table -> new TreeSet<>())
                            .add(rows.getString(2));
                }
            }
            try (ResultSet rows = statement.executeQuery(PROCEDURES)) {
                while (rows.next()) {
                    procedures.add(rows.getString(1));
                }
            }
        }
        return new Names(columns, procedures);
    }
}
