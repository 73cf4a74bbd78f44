package io.faraddb.shell.command;

import io.faraddb.shell.cli.Answer;
import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import java.util.List;

/** {@code farad procedure list}: the procedures there are. */
final class ProcedureListCommand extends FaradCommand {

    private final TargetFinder finder;

    ProcedureListCommand(Output output, TargetFinder finder) {
        super(output, "procedure list", "Show procedures", "", withTarget(format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Format format = arguments.format();
        Answer.print(
                arguments.cluster(finder, out).rest().get("procedures"),
                List.of("name", "parameters", "partitionedBy", "className"),
                format,
                out);
        return Exit.OK;
    }
}
