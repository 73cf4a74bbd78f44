package io.faraddb.shell.command.snapshot;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.Confirmation;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Cluster;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.TargetFinder;

/** {@code farad snapshot delete}: takes one from the disk. */
final class SnapshotDeleteCommand extends FaradCommand {

    private final TargetFinder finder;

    SnapshotDeleteCommand(Output output, TargetFinder finder) {
        super(
                output,
                "snapshot delete",
                "Delete a snapshot",
                "N",
                withTarget(flag("yes", "do not ask")));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) {
        String number = arguments.values().getFirst();
        String resource = Snapshots.resource(number);
        Cluster cluster = arguments.cluster(finder, out);
        Confirmation.require(
                arguments, "Delete snapshot " + number + " of " + cluster.target().host() + "?");
        cluster.rest().delete(resource);
        out.out().println("Snapshot " + number + " is deleted.");
        return Exit.OK;
    }
}
