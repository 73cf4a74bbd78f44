package io.faraddb.shell.command.snapshot;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.Confirmation;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Cluster;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import java.net.HttpURLConnection;
import tools.jackson.databind.JsonNode;

/** {@code farad snapshot restore}: if the node can. */
final class SnapshotRestoreCommand extends FaradCommand {

    private final TargetFinder finder;

    SnapshotRestoreCommand(Output output, TargetFinder finder) {
        super(
                output,
                "snapshot restore",
                "Put a snapshot in the place of what the database holds",
                "N",
                withTarget(flag("yes", "do not ask"), format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        String number = arguments.values().getFirst();
        String resource = Snapshots.resource(number);
        Cluster cluster = arguments.cluster(finder, out);
        // Nothing is asked and nothing is lost for a snapshot that is not there.
        var unused = cluster.rest().get(resource);
        Confirmation.require(
                arguments, "Replace all that the database holds by snapshot " + number + "?");
        try {
            JsonNode answer = cluster.rest().post(resource + "/restore", null);
            Snapshots.print(answer, format, out);
            return Exit.OK;
        } catch (ShellFailure refused) {
            boolean absent =
                    refused.httpStatus() == HttpURLConnection.HTTP_NOT_FOUND
                            || refused.httpStatus() == HttpURLConnection.HTTP_BAD_METHOD;
            if (!absent) {
                throw refused;
            }
            throw new ShellFailure(
                    Exit.FAILED,
                    "this node cannot restore a snapshot while it runs: it starts from its newest"
                            + " one and the log behind it",
                    "stop the node and start one on a copy of its data directory as it was then");
        }
    }
}
