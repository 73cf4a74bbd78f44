package io.faraddb.shell.command.snapshot;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import tools.jackson.databind.JsonNode;

/** {@code farad snapshot verify}: has the node read all of one. */
final class SnapshotVerifyCommand extends FaradCommand {

    private final TargetFinder finder;

    SnapshotVerifyCommand(Output output, TargetFinder finder) {
        super(
                output,
                "snapshot verify",
                "Read all of a snapshot and say whether it is whole",
                "N",
                withTarget(format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        String resource = Snapshots.resource(arguments.values().getFirst());
        JsonNode snapshot = arguments.cluster(finder, out).rest().post(resource + "/verify", null);
        Snapshots.print(snapshot, format, out);
        if (format == Format.TABLE) {
            out.out().println("The snapshot is whole.");
        }
        return Exit.OK;
    }
}
