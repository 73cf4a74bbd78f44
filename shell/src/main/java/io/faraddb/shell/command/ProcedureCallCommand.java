package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.sql.SqlSession;
import io.faraddb.shell.sql.StatementRunner;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code farad procedure call}: calls one with the arguments given. */
final class ProcedureCallCommand extends FaradCommand {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    private final TargetFinder finder;

    ProcedureCallCommand(Output output, TargetFinder finder) {
        super(
                output,
                "procedure call",
                "Call a procedure; null, true, false and numbers stand for themselves",
                "NAME [ARGUMENT...]",
                withTarget(format()));
        this.finder = finder;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        var printer = arguments.format().printer();
        List<String> values = arguments.values();
        String sql = call(values.getFirst(), values.subList(1, values.size()));
        try (SqlSession session = new SqlSession(arguments.cluster(finder, out))) {
            return new StatementRunner(session, printer, out.out(), out.errors()).run(sql);
        }
    }

    /** Values are literals: whatever else is typed becomes a quoted string. */
    static String call(String name, List<String> values) {
        String procedure =
                PLAIN.matcher(name).matches() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
        return values.stream()
                .map(ProcedureCallCommand::literal)
                .collect(Collectors.joining(", ", "CALL " + procedure + "(", ")"));
    }

    private static String literal(String value) {
        if (NUMBER.matcher(value).matches()) {
            return value;
        }
        return switch (value) {
            case "null", "true", "false" -> value;
            default -> "'" + value.replace("'", "''") + "'";
        };
    }
}
