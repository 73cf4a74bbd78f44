package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.sql.SqlPrompt;
import io.faraddb.shell.sql.StatementRunner;
import java.sql.Connection;

/** {@code farad procedure list}: the procedures there are. */
final class ProcedureListCommand extends FaradCommand {

    private final TargetFinder finder;

    ProcedureListCommand(Output output, TargetFinder finder) {
        super(output, "procedure list", "Show procedures", "", withTarget(format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        var printer = arguments.format().printer();
        try (Connection connection = arguments.cluster(finder, out).connect()) {
            return new StatementRunner(connection, printer, out.out(), out.errors())
                    .run(SqlPrompt.PROCEDURES);
        }
    }
}
