package io.faraddb.shell.command;

import io.faraddb.shell.connect.Connector;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.sql.SqlPrompt;
import io.faraddb.shell.sql.StatementRunner;
import java.sql.Connection;

/** {@code farad procedure list}: the procedures there are. */
final class ProcedureListCommand extends FaradCommand {

    private final TargetFinder finder;
    private final Connector connector;

    ProcedureListCommand(Output output, TargetFinder finder, Connector connector) {
        super(output, "procedure list", "Show procedures", "", withTarget(format()));
        this.finder = finder;
        this.connector = connector;
    }

    @Override
    Exit run(Arguments arguments, Output out) throws Exception {
        var printer = arguments.format().printer();
        try (Connection connection = connector.connect(arguments.target(finder))) {
            return new StatementRunner(connection, printer, out.out(), out.errors())
                    .run(SqlPrompt.PROCEDURES);
        }
    }
}
