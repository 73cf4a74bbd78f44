package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import io.faraddb.shell.print.JsonTable;
import io.faraddb.shell.print.RowSource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code farad status}: how the node is. */
final class StatusCommand extends FaradCommand {

    private final TargetFinder finder;

    StatusCommand(Output output, TargetFinder finder) {
        super(output, "status", "Show how the node is", "", withTarget(format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        JsonNode status = arguments.cluster(finder, out).rest().get("status");
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
        return "UP".equals(status.path("state").asString("UP")) ? Exit.OK : Exit.DEGRADED;
    }
}
