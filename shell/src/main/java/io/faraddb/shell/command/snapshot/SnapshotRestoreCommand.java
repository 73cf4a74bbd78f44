package io.faraddb.shell.command.snapshot;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.Confirmation;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Cluster;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import tools.jackson.databind.JsonNode;

/** {@code farad snapshot restore}: has the node's next start do it. */
final class SnapshotRestoreCommand extends FaradCommand {

    private static final String WITHDRAW = "withdraw";

    private final TargetFinder finder;

    SnapshotRestoreCommand(Output output, TargetFinder finder) {
        super(
                output,
                "snapshot restore",
                "Put a snapshot in the place of what the database holds, at the next start",
                "N",
                withTarget(flag("yes", "do not ask"), flag(WITHDRAW, "take it back"), format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        String number = arguments.values().getFirst();
        String resource = Snapshots.resource(number);
        Cluster cluster = arguments.cluster(finder, out);
        if (arguments.flag(WITHDRAW)) {
            cluster.rest().delete(resource + "/restore");
            out.out().println("The next start restores nothing.");
            return Exit.OK;
        }
        // Nothing is asked for a snapshot that is not there.
        var unused = cluster.rest().get(resource);
        Confirmation.require(
                arguments,
                "Replace all that the database holds by snapshot "
                        + number
                        + " at the next start?");
        JsonNode answer = cluster.rest().post(resource + "/restore", null);
        Snapshots.print(answer, format, out);
        if (format == Format.TABLE) {
            out.out().println("The next start does it: farad stop, then farad start. Until then");
            out.out().println("nothing changes, and --withdraw takes it back. What the node holds");
            out.out().println("by then is set aside in its data directory.");
        }
        return Exit.OK;
    }
}
