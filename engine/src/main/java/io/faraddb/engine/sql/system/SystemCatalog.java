package io.faraddb.engine.sql.system;

import io.faraddb.engine.sql.bind.SystemTable;
import io.faraddb.engine.sql.bind.SystemTables;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.SystemRelations;
import io.faraddb.engine.sql.function.SystemRelations.SystemRelation;
import io.faraddb.engine.type.SqlType;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of pg_catalog and information_schema. */
public final class SystemCatalog implements SystemTables {

    public static final SystemCatalog INSTANCE = new SystemCatalog();

    private final Map<String, SystemTable> tables = new HashMap<>();

    private SystemCatalog() {
        Map<String, RowSource> sources = new HashMap<>();
        RelationTables.register(sources);
        IndexTables.register(sources);
        ServerTables.register(sources);
        InformationSchema.register(sources);
        for (SystemRelation relation : SystemRelations.all()) {
            String name = relation.schema() + "." + relation.name();
            RowSource source = sources.getOrDefault(name, RowSource.NOTHING);
            tables.put(name, new ComputedTable(relation, source));
        }
    }

    @Override
    public @Nullable SystemTable find(@Nullable String schema, String name) {
        return tables.get((schema == null ? "pg_catalog" : schema) + "." + name);
    }

    /** A table whose rows are made when it is read. */
    private record ComputedTable(SystemRelation relation, RowSource source) implements SystemTable {

        @Override
        public int oid() {
            return relation.oid();
        }

        @Override
        public String schema() {
            return relation.schema();
        }

        @Override
        public String name() {
            return relation.name();
        }

        @Override
        public List<String> columnNames() {
            return relation.columns();
        }

        @Override
        public List<SqlType> columnTypes() {
            return relation.types();
        }

        @Override
        public Iterable<@Nullable Object[]> rows(CallContext context) {
            return () -> {
                Iterator<SystemRow> rows = source.rows(relation, context).iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return rows.hasNext();
                    }

                    @Override
                    public @Nullable Object[] next() {
                        return rows.next().values();
                    }
                };
            };
        }
    }
}
