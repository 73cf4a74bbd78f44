package io.faraddb.engine.sql.function;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.type.SqlType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names, numbers and columns of the system catalog's relations, as PostgreSQL 15 has them.
 *
 * <p>Two thirds of what clients read there may be empty but has to have all its columns.
 */
public final class SystemRelations {

    private static final SystemRelations ALL = new SystemRelations();

    /**
     * A relation of the system catalog.
     *
     * @param kind as pg_class's relkind: r for a table, v for a view
     */
    public record SystemRelation(
            int oid,
            String schema,
            String name,
            String kind,
            List<String> columns,
            List<SqlType> types) {}

    private final Map<String, SystemRelation> byName = new HashMap<>();
    private final Map<Integer, SystemRelation> byOid = new HashMap<>();

    private SystemRelations() {
        for (String line : lines("system-relations.txt")) {
            SystemRelation relation = relation(line.split(" "));
            byName.put(relation.schema() + "." + relation.name(), relation);
            byOid.put(relation.oid(), relation);
        }
    }

    /** The lines of a resource, remarks left out. */
    static List<String> lines(String resource) {
        try (InputStream in =
                Invariant.notNull(
                        SystemRelations.class.getResourceAsStream(resource), "a resource")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SystemRelation relation(String[] words) {
        int dot = words[0].indexOf('.');
        List<String> columns = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        for (int i = 3; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            columns.add(words[i].substring(0, colon));
            types.add(type(words[i].substring(colon + 1)));
        }
        return new SystemRelation(
                Integer.parseInt(words[1]),
                words[0].substring(0, dot),
                words[0].substring(dot + 1),
                words[2],
                List.copyOf(columns),
                List.copyOf(types));
    }

    private static SqlType type(String name) {
        // In the catalog's own tables "char" is PostgreSQL's one-byte type.
        SqlType type = name.equals("char") ? SqlType.INTERNAL_CHAR : SqlTypeNames.find(name);
        return Invariant.notNull(type, "the type of a system column is known");
    }

    public static @Nullable SystemRelation find(String schema, String name) {
        return ALL.byName.get(schema + "." + name);
    }

    public static @Nullable SystemRelation find(int oid) {
        return ALL.byOid.get(oid);
    }

    public static Collection<SystemRelation> all() {
        return ALL.byOid.values();
    }
}
