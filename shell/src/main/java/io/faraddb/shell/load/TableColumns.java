package io.faraddb.shell.load;

import io.faraddb.shell.connect.ShellFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table and the columns that it has. */
public final class TableColumns {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String table;
    private final List<String> names;
    private final Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * @param table as SQL names it
     * @param names in the table's order
     */
    TableColumns(String table, List<String> names) {
        this.table = table;
        this.names = List.copyOf(names);
        names.forEach(name -> byName.put(name, name));
    }

    /**
     * Asks for the columns of a table.
     *
     * @param typed with or without a schema before a dot
     */
    public static TableColumns of(Connection connection, String typed) throws SQLException {
        String table = sqlName(typed);
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            ResultSetMetaData meta = none.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnName(i));
            }
            return new TableColumns(table, names);
        }
    }

    /** Each part in quotes unless it is as plain as if typed in SQL. */
    static String sqlName(String table) {
        return List.of(table.split("\\.", 2)).stream()
                .map(part -> PLAIN.matcher(part).matches() ? part : quoted(part))
                .collect(Collectors.joining("."));
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** The table as SQL names it. */
    String table() {
        return table;
    }

    List<String> names() {
        return names;
    }

    /** The column that a name means, whatever its case; null if there is none. */
    @Nullable String find(String name) {
        return names.contains(name) ? name : byName.get(name);
    }

    /** The columns that names mean: each has to be there, none twice. */
    List<String> require(List<String> wanted) {
        List<String> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : wanted) {
            String column = find(name);
            if (column == null) {
                throw ShellFailure.usage(
                        "table " + table + " has no column \"" + name + "\"",
                        "it has: "
                                + String.join(", ", names)
                                + "; --columns names those of a file");
            }
            if (!seen.add(column)) {
                throw ShellFailure.usage("column \"" + column + "\" is named twice", null);
            }
            found.add(column);
        }
        return found;
    }

    /** A list of columns as SQL has it, in parentheses. */
    static String list(List<String> columns) {
        return columns.stream()
                .map(TableColumns::quoted)
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
