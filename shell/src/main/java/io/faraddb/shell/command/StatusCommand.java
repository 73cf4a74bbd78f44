package io.faraddb.shell.command;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.RestApi;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import io.faraddb.shell.print.JsonTable;
import io.faraddb.shell.print.RowSource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code farad status}: how the node is. */
final class StatusCommand extends FaradCommand {

    private final TargetFinder finder;
    private final RestApi rest;

    StatusCommand(Output output, TargetFinder finder, RestApi rest) {
        super(output, "status", "Show how the node is", "", withTarget(format()));
        this.finder = finder;
        this.rest = rest;
    }

    @Override
    Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        JsonNode status = rest.get(arguments.target(finder), "status");
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
