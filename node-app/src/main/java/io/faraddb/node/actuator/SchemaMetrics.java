package io.faraddb.node.actuator;

import io.faraddb.console.schema.SchemaSource;
import io.faraddb.console.schema.Table;
import io.faraddb.engine.memory.MemoryLimits;
import io.faraddb.engine.procedure.ProcedureStats;
import io.faraddb.engine.procedure.ProcedureStats.Abort;
import io.faraddb.node.engine.NodeEngine;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Tables and procedures by name, and the memory that rows take. */
@Component
@Order(5)
final class SchemaMetrics implements MetricSource {

    /** Tables that are told apart, the largest ones; the others are told together. */
    static final int TABLES_MAX = 500;

    private static final String OTHERS = ProcedureStats.OTHERS;

    private final NodeEngine node;
    private final SchemaSource schema;
    private final MemoryLimits limits;

    SchemaMetrics(NodeEngine node, SchemaSource schema, MemoryLimits limits) {
        this.node = node;
        this.schema = schema;
        this.limits = limits;
    }

    @Override
    public void tell(Scrape scrape) {
        List<Table> tables =
                schema.tables().stream()
                        .sorted(
                                Comparator.comparingLong(Table::bytes)
                                        .reversed()
                                        .thenComparing(Table::name))
                        .toList();
        tables.stream()
                .limit(TABLES_MAX)
                .forEach(table -> tell(scrape, table.name(), List.of(table)));
        if (tables.size() > TABLES_MAX) {
            tell(scrape, OTHERS, tables.subList(TABLES_MAX, tables.size()));
        }
        memory(scrape, tables);
        node.engine().procedureStats().all().forEach((name, counts) -> tell(scrape, name, counts));
    }

    private static void tell(Scrape scrape, String name, List<Table> tables) {
        scrape.gauge(
                "farad_table_rows",
                "Rows of the table, of one copy",
                sum(tables, Table::rows),
                "table",
                name);
        String bytes = "Memory that the table takes in all partitions";
        scrape.gauge(
                "farad_table_bytes",
                bytes,
                sum(tables, Table::rowBytes),
                "table",
                name,
                "kind",
                "rows");
        scrape.gauge(
                "farad_table_bytes",
                bytes,
                sum(tables, Table::indexBytes),
                "table",
                name,
                "kind",
                "index");
    }

    private static long sum(List<Table> tables, ToLongFunction<Table> value) {
        return tables.stream().mapToLong(value).sum();
    }

    private void memory(Scrape scrape, List<Table> tables) {
        String help = "Memory in use, by what for";
        scrape.gauge("farad_memory_used_bytes", help, sum(tables, Table::rowBytes), "area", "rows");
        scrape.gauge(
                "farad_memory_used_bytes", help, sum(tables, Table::indexBytes), "area", "index");
        scrape.gauge(
                "farad_memory_limit_bytes",
                "Memory that rows, indexes and everything else may take: the heap's greatest size",
                Runtime.getRuntime().maxMemory());
        scrape.gauge(
                "farad_memory_full",
                "1 while the heap is full and what would add to it is refused",
                limits.heapFull() ? 1 : 0);
    }

    private static void tell(Scrape scrape, String name, ProcedureStats.Counts counts) {
        scrape.histogram(
                "farad_procedure_execution_seconds",
                "Time that calls of the procedure took on their partition's thread",
                counts.nanos(),
                Buckets.INNER_SECONDS,
                "procedure",
                name);
        for (Abort reason : Abort.values()) {
            scrape.counter(
                    "farad_procedure_aborts_total",
                    "Calls of the procedure that were undone",
                    counts.aborts(reason),
                    "procedure",
                    name,
                    "reason",
                    reason.name().toLowerCase(Locale.ROOT));
        }
    }
}
