package io.faraddb.node.rest;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.Partitioning;
import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.storage.StoreSnapshot;
import io.faraddb.node.engine.NodeEngine;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tables and procedures. */
@RestController
@RequestMapping("/api/v1")
public final class SchemaController {

    private final NodeEngine node;

    public SchemaController(NodeEngine node) {
        this.node = node;
    }

    /**
     * @param partitionColumn null for a replicated table and one without a primary key
     * @param rows of one copy
     * @param bytes of heap, all indexes included
     */
    record Table(
            String name,
            List<Column> columns,
            List<String> primaryKey,
            @Nullable String partitionColumn,
            boolean replicated,
            List<Index> indexes,
            long rows,
            long bytes) {}

    record Column(String name, String type, boolean notNull, @Nullable String defaultValue) {}

    record Index(String name, List<String> columns, boolean unique) {}

    /**
     * @param partitionedBy TABLE.COLUMN; null if it may touch every partition
     */
    record Procedure(
            String name,
            List<String> parameters,
            @Nullable String partitionedBy,
            List<String> statements,
            @Nullable String className) {}

    @GetMapping("/tables")
    List<Table> tables() {
        List<StoreSnapshot> snapshots = node.engine().snapshots();
        return node.engine().catalog().tables().stream()
                .sorted(Comparator.comparing(TableDef::name))
                .map(table -> table(table, snapshots))
                .toList();
    }

    @GetMapping("/tables/{name}")
    Table table(@PathVariable String name) {
        Catalog catalog = node.engine().catalog();
        TableDef table = catalog.table(name);
        if (table == null) {
            throw new SqlException(
                    ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
        }
        return table(table, node.engine().snapshots());
    }

    private static Table table(TableDef table, List<StoreSnapshot> snapshots) {
        List<ColumnDef> all = table.columns();
        List<Column> columns =
                Arrays.stream(table.visibleColumns())
                        .mapToObj(all::get)
                        .map(column ->
                                new Column(
                                        column.name(),
                                        column.type().toString(),
                                        column.notNull(),
                                        column.defaultText()))
                        .toList();
        String partitionColumn =
                table.partitioning() instanceof Partitioning.ByColumn(int column)
                        ? all.get(column).name()
                        : null;
        long rows = 0;
        long bytes = 0;
        for (StoreSnapshot snapshot : snapshots) {
            for (StoreSnapshot.Table stored : snapshot.tables()) {
                if (stored.definition().oid() == table.oid()) {
                    long here = stored.rows().rows();
                    // Every partition has all rows of a replicated table.
                    rows = table.replicated() ? Math.max(rows, here) : rows + here;
                    bytes += stored.allocatedBytes();
                }
            }
        }
        return new Table(
                table.name(),
                columns,
                table.primaryKey().stream().map(i -> all.get(i).name()).toList(),
                partitionColumn,
                table.replicated(),
                table.indexes().stream().map(index -> index(index, all)).toList(),
                rows,
                bytes);
    }

    private static Index index(IndexDef index, List<ColumnDef> columns) {
        List<String> names =
                index.columns().stream()
                        .map(column ->
                                columns.get(column.column()).name()
                                        + (column.descending() ? " DESC" : ""))
                        .toList();
        return new Index(index.name(), names, index.unique());
    }

    @GetMapping("/procedures")
    List<Procedure> procedures() {
        return node.engine().catalog().procedures().stream()
                .sorted(Comparator.comparing(ProcedureDef::name))
                .map(SchemaController::procedure)
                .toList();
    }

    private static Procedure procedure(ProcedureDef procedure) {
        ProcedureDef.PartitionedBy by = procedure.partition();
        List<String> statements = List.of();
        String className = null;
        switch (procedure.body()) {
            case ProcedureDef.Body.Statements body -> statements = body.statements();
            case ProcedureDef.Body.JavaClass body -> className = body.className();
        }
        return new Procedure(
                procedure.name(),
                procedure.parameterTypes().stream().map(Object::toString).toList(),
                by == null ? null : by.table() + "." + by.column(),
                statements,
                className);
    }
}
