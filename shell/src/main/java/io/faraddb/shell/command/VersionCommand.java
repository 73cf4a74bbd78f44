package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.print.Column;
import io.faraddb.shell.print.Format;
import io.faraddb.shell.print.RowSource;
import java.util.List;

/** {@code farad version}: of the shell, and of the Java that runs it. */
final class VersionCommand extends FaradCommand {

    VersionCommand(Output output) {
        super(output, "version", "Show the version", "", List.of(format()));
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        String packaged = VersionCommand.class.getPackage().getImplementationVersion();
        String version = packaged == null ? "unknown" : packaged;
        String java = Runtime.version().toString();
        Format format = arguments.format();
        if (format == Format.TABLE) {
            out.out().println("FaradDB " + version + ", Java " + java);
        } else {
            format.printer()
                    .print(
                            List.of(Column.text("version"), Column.text("java")),
                            RowSource.of(List.of(List.of(version, java))),
                            out.out());
        }
        return Exit.OK;
    }
}
