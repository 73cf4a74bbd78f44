package io.faraddb.engine.sql.parse.ast;

import io.faraddb.engine.error.Invariant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name with what qualifies it: {@code table}, {@code schema.table}, {@code db.schema.table}.
 *
 * @param parts outermost first; at least one
 */
public record QualifiedName(List<String> parts, int position) implements Node {

    public QualifiedName {
        Invariant.check(!parts.isEmpty(), "a name has a part");
    }

    public static QualifiedName of(String name, int position) {
        return new QualifiedName(List.of(name), position);
    }

    /** A name of PostgreSQL's own, which no schema of the user's can hide. */
    public static QualifiedName system(String name, int position) {
        return new QualifiedName(List.of("pg_catalog", name), position);
    }

    public String name() {
        return parts.getLast();
    }

    public @Nullable String schema() {
        return parts.size() > 1 ? parts.get(parts.size() - 2) : null;
    }

    /** With dots, as PostgreSQL's messages show it. */
    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
