package io.faraddb.shell.prompt;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.sql.SqlSession;
import io.faraddb.shell.sql.StatementRunner;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Tables and procedures in words: what {@code \dt}, {@code \df} and {@code \d} print. */
final class Descriptions {

    private static final String TABLES =
            "SELECT n.nspname AS schema, c.relname AS name FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT IN"
                    + " ('pg_catalog', 'information_schema') ORDER BY 1, 2";

    private static final String PROCEDURES =
            "SELECT p.proname AS name FROM pg_catalog.pg_proc p"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
                    + " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1";

    private static final String COLUMNS =
            "SELECT a.attname AS column, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,"
                    + " CASE WHEN a.attnotnull THEN 'not null' ELSE '' END AS nullable,"
                    + " coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), '') AS default"
                    + " FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d"
                    + " ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
                    + " WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped"
                    + " ORDER BY a.attnum";
    private static final String INDEXES =
            "SELECT pg_catalog.pg_get_indexdef(i.indexrelid) AS index"
                    + " FROM pg_catalog.pg_index i WHERE i.indrelid = %s::regclass ORDER BY 1";

    private final StatementRunner runner;
    private final SqlSession session;
    private final PrintWriter out;

    Descriptions(StatementRunner runner, SqlSession session, PrintWriter out) {
        this.runner = runner;
        this.session = session;
        this.out = out;
    }

    void tables() {
        var unused = runner.run(TABLES);
    }

    void procedures() {
        var unused = runner.run(PROCEDURES);
    }

    void table(String name) {
        String literal = "'" + name.replace("'", "''") + "'";
        if (runner.run(COLUMNS.formatted(literal)) == Exit.OK
                && runner.run(INDEXES.formatted(literal)) == Exit.OK) {
            partitioning(name);
        }
    }

    /** Where rows live is no matter of PostgreSQL's catalog: REST knows. */
    private void partitioning(String name) {
        String plain = name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
        try {
            JsonNode table =
                    session.cluster()
                            .rest()
                            .get("tables/" + URLEncoder.encode(plain, StandardCharsets.UTF_8));
            out.println(sentence(table));
        } catch (ShellFailure e) {
            out.println("Its partitioning is not known: " + e.getMessage());
        }
        out.flush();
    }

    static String sentence(JsonNode table) {
        String rows = ", %d rows".formatted(table.path("rows").asLong());
        if (table.path("replicated").asBoolean()) {
            return "A copy in each partition" + rows;
        }
        String column = table.path("partitionColumn").asString("");
        return (column.isEmpty() ? "Partitioned by a hidden row id" : "Partitioned by " + column)
                + rows;
    }
}
