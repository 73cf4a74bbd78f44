package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import io.faraddb.shell.print.JsonTable;
import io.faraddb.shell.print.RowSource;
import tools.jackson.databind.JsonNode;

/** {@code farad cluster topology}: nodes, and which has which partition. */
final class TopologyCommand extends FaradCommand {

    private final TargetFinder finder;

    TopologyCommand(Output output, TargetFinder finder) {
        super(output, "cluster topology", "Show nodes and partitions", "", withTarget(format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        JsonNode topology = arguments.cluster(finder, out).rest().get("topology");
        switch (format) {
            case JSON -> out.out().println(topology.toPrettyString());
            case TABLE -> {
                out.out().println("Nodes");
                print(topology.path("nodes"), format, out);
                out.out().println("\nPartitions");
                print(topology.path("partitions"), format, out);
            }
            // One table, as programs want it: the nodes stand in it too.
            case CSV -> print(topology.path("partitions"), format, out);
        }
        return Exit.OK;
    }

    private static void print(JsonNode array, Format format, Output out) throws Exception {
        JsonTable table = JsonTable.of(array);
        format.printer().print(table.columns(), RowSource.of(table.rows()), out.out());
    }
}
