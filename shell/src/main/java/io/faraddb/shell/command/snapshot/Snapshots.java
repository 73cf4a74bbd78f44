package io.faraddb.shell.command.snapshot;

import io.faraddb.shell.cli.Answer;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.print.Format;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the commands of this package share. */
final class Snapshots {

    static final String RESOURCE = "snapshots";

    private static final List<String> COLUMNS =
            List.of("id", "state", "createdAt", "label", "rows", "bytes");

    private Snapshots() {}

    static void print(JsonNode document, Format format, Output out) throws Exception {
        Answer.print(document, COLUMNS, format, out);
    }

    /** The resource of the snapshot that an argument names. */
    static String resource(String argument) {
        if (!argument.matches("[0-9]{1,18}")) {
            throw ShellFailure.usage(
                    "\"" + argument + "\" is no number of a snapshot",
                    "farad snapshot list shows them");
        }
        return RESOURCE + "/" + argument;
    }
}
