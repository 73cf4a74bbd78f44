package io.faraddb.shell.command.snapshot;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import tools.jackson.databind.JsonNode;

/** {@code farad snapshot list}: those there are, the oldest first. */
final class SnapshotListCommand extends FaradCommand {

    private final TargetFinder finder;

    SnapshotListCommand(Output output, TargetFinder finder) {
        super(output, "snapshot list", "Show snapshots", "", withTarget(format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        JsonNode answer = arguments.cluster(finder, out).rest().get(Snapshots.RESOURCE);
        Snapshots.print(answer.path("snapshots"), format, out);
        return Exit.OK;
    }
}
