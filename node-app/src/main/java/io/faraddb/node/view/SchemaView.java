package io.faraddb.node.view;

import io.faraddb.console.schema.Procedure;
import io.faraddb.console.schema.SchemaSource;
import io.faraddb.console.schema.Table;
import io.faraddb.engine.catalog.CheckDef;
import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.Partitioning;
import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.procedure.ProcedureStats;
import io.faraddb.engine.stats.Histogram.Distribution;
import io.faraddb.engine.storage.TableSize;
import io.faraddb.node.engine.NodeEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tables and procedures of the catalog, with what they take and how they ran. */
@Component
public final class SchemaView implements SchemaSource {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double MEDIAN = 0.5;
    private static final double ALMOST_ALL = 0.99;

    private final NodeEngine node;
    private final TableSizes sizes;

    public SchemaView(NodeEngine node, TableSizes sizes) {
        this.node = node;
        this.sizes = sizes;
    }

    @Override
    public List<Table> tables() {
        List<Map<Integer, TableSize>> byPartition = sizes.byPartition();
        return node.engine().catalog().tables().stream()
                .sorted(Comparator.comparing(TableDef::name))
                .map(table -> table(table, byPartition))
                .toList();
    }

    @Override
    public @Nullable Table table(String name) {
        TableDef table = node.engine().catalog().table(name);
        return table == null ? null : table(table, sizes.byPartition());
    }

    private static Table table(TableDef table, List<Map<Integer, TableSize>> byPartition) {
        List<TableSize> shares = new ArrayList<>();
        for (Map<Integer, TableSize> partition : byPartition) {
            // A table that was made a moment ago has nothing yet.
            TableSize none = new TableSize(table.oid(), 0, 0, Map.of());
            shares.add(partition.getOrDefault(table.oid(), none));
        }
        List<Table.Share> told = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            TableSize share = shares.get(i);
            told.add(new Table.Share(i, share.rows(), share.rowBytes(), share.allIndexBytes()));
        }
        long rowBytes = shares.stream().mapToLong(TableSize::rowBytes).sum();
        long indexBytes = shares.stream().mapToLong(TableSize::allIndexBytes).sum();
        List<ColumnDef> all = table.columns();
        return new Table(
                table.name(),
                columns(table),
                table.primaryKey().stream().map(i -> all.get(i).name()).toList(),
                table.partitioning() instanceof Partitioning.ByColumn(int column)
                        ? all.get(column).name()
                        : null,
                table.replicated(),
                table.indexes().stream().map(index -> index(index, all, shares)).toList(),
                table.checks().stream().map(CheckDef::text).toList(),
                rows(table, shares),
                rowBytes + indexBytes,
                rowBytes,
                indexBytes,
                told);
    }

    /** Every partition has all rows of a replicated table. */
    static long rows(TableDef table, List<TableSize> shares) {
        return table.replicated()
                ? shares.stream().mapToLong(TableSize::rows).max().orElse(0)
                : shares.stream().mapToLong(TableSize::rows).sum();
    }

    private static List<Table.Column> columns(TableDef table) {
        return Arrays.stream(table.visibleColumns())
                .mapToObj(table.columns()::get)
                .map(column ->
                        new Table.Column(
                                column.name(),
                                column.type().toString(),
                                column.notNull(),
                                column.defaultText()))
                .toList();
    }

    private static Table.Index index(
            IndexDef index, List<ColumnDef> columns, List<TableSize> shares) {
        List<String> names =
                index.columns().stream()
                        .map(column ->
                                columns.get(column.column()).name()
                                        + (column.descending() ? " DESC" : ""))
                        .toList();
        long bytes =
                shares.stream()
                        .mapToLong(share -> share.indexBytes().getOrDefault(index.oid(), 0L))
                        .sum();
        return new Table.Index(index.name(), names, index.unique(), bytes);
    }

    @Override
    public List<Procedure> procedures() {
        Map<String, ProcedureStats.Counts> counts = node.engine().procedureStats().all();
        return node.engine().catalog().procedures().stream()
                .sorted(Comparator.comparing(ProcedureDef::name))
                .map(procedure -> procedure(procedure, counts.get(procedure.name())))
                .toList();
    }

    @Override
    public @Nullable Procedure procedure(String name) {
        ProcedureDef procedure = node.engine().catalog().procedure(name);
        return procedure == null
                ? null
                : procedure(procedure, node.engine().procedureStats().all().get(name));
    }

    private static Procedure procedure(
            ProcedureDef procedure, ProcedureStats.@Nullable Counts counts) {
        ProcedureDef.PartitionedBy by = procedure.partition();
        List<String> statements = List.of();
        String className = null;
        String archive = null;
        switch (procedure.body()) {
            case ProcedureDef.Body.Statements body -> statements = body.statements();
            case ProcedureDef.Body.JavaClass body -> {
                className = body.className();
                archive = body.jar();
            }
        }
        Distribution took = counts == null ? Distribution.NONE : counts.nanos();
        return new Procedure(
                procedure.name(),
                procedure.parameterTypes().stream().map(Object::toString).toList(),
                by == null ? null : by.table() + "." + by.column(),
                statements,
                className,
                archive,
                took.count(),
                counts == null ? 0 : aborts(counts),
                seconds(took, MEDIAN),
                seconds(took, ALMOST_ALL));
    }

    private static long aborts(ProcedureStats.Counts counts) {
        return Arrays.stream(ProcedureStats.Abort.values()).mapToLong(counts::aborts).sum();
    }

    private static @Nullable Double seconds(Distribution nanos, double share) {
        return nanos.count() == 0 ? null : nanos.quantile(share) / NANOS_PER_SECOND;
    }
}
