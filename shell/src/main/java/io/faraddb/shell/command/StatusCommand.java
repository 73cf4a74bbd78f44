package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.RestApi;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import io.faraddb.shell.print.JsonTable;
import io.faraddb.shell.print.RowSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code farad status}: how the node is, and what it is short of. */
final class StatusCommand extends FaradCommand {

    private final TargetFinder finder;

    StatusCommand(Output output, TargetFinder finder) {
        super(
                output,
                "status",
                "Show how the node is; exit code 7 if it is short of something",
                "",
                withTarget(format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        RestApi rest = arguments.cluster(finder, out).rest();
        ObjectNode status = rest.get("status").deepCopy().asObject();
        List<String> faults = faults(status, rest.get("topology"));
        if (!faults.isEmpty()) {
            ArrayNode told = status.putArray("degraded");
            faults.forEach(told::add);
        }
        switch (format) {
            case JSON -> out.out().println(status.toPrettyString());
            case TABLE -> {
                for (List<?> row : JsonTable.properties(status).rows()) {
                    out.out().printf("%-26s %s%n", row.toArray());
                }
            }
            case CSV -> {
                JsonTable table = JsonTable.of(status);
                format.printer().print(table.columns(), RowSource.of(table.rows()), out.out());
            }
        }
        return faults.isEmpty() ? Exit.OK : Exit.DEGRADED;
    }

    /** What is not as it should be, a sentence each. */
    static List<String> faults(JsonNode status, JsonNode topology) {
        List<String> faults = new ArrayList<>();
        String state = status.path("state").asString("unknown");
        if (!state.equals("UP")) {
            faults.add("the node is " + state);
        }
        for (JsonNode node : topology.path("nodes")) {
            String of = node.path("state").asString("unknown");
            if (!of.equals("UP")) {
                faults.add("node " + node.path("name").asString("?") + " is " + of);
            }
        }
        int wanted = status.path("replicas").asInt(1);
        for (JsonNode partition : topology.path("partitions")) {
            String name = "partition " + partition.path("id").asInt();
            int copies = partition.path("replicas").size();
            if (!partition.path("available").asBoolean(true)) {
                faults.add(name + " is not available");
            } else if (copies < wanted) {
                faults.add(name + " has " + copies + " of " + wanted + " copies");
            }
        }
        return faults;
    }
}
