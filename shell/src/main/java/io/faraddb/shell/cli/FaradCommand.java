package io.faraddb.shell.cli;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.sql.FailureReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.AbstractCommand;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ExitStatus;

/**
 * A command of the shell.
 *
 * <p>Its options, synopsis and number of arguments are data, so that the parser and the help need
 * no word from it; its failures become a message and an exit code here.
 */
public abstract class FaradCommand extends AbstractCommand {

    private final String synopsis;
    private final int valuesMin;
    private final int valuesMax;
    private final Output output;
    private final List<CommandOption> options;

    /**
     * A command.
     *
     * @param synopsis its arguments, as usage shows them: a name each, optional ones in brackets,
     *     dots where more may follow
     */
    protected FaradCommand(
            Output output,
            String name,
            String description,
            String synopsis,
            List<CommandOption> options) {
        super(name, description, "FaradDB");
        this.output = output;
        this.synopsis = synopsis;
        int required = 0;
        int all = 0;
        for (String word : synopsis.isEmpty() ? new String[0] : synopsis.split(" ")) {
            required += word.startsWith("[") ? 0 : 1;
            all = word.contains("...") ? Integer.MAX_VALUE - 1 : all + 1;
        }
        this.valuesMin = required;
        this.valuesMax = all;
        this.options = List.copyOf(options);
    }

    @Override
    public List<CommandOption> getOptions() {
        return options;
    }

    /** Does it; the arguments are as many as the synopsis allows. */
    public abstract Exit run(Arguments arguments, Output out) throws Exception;

    @Override
    public ExitStatus doExecute(CommandContext context) {
        try {
            Arguments arguments = Arguments.of(context.parsedInput());
            int count = arguments.values().size();
            if (count < valuesMin || count > valuesMax) {
                throw ShellFailure.usage(
                        (count < valuesMin ? "too few" : "too many") + " arguments",
                        "farad " + getName() + " " + synopsis);
            }
            Exit exit = run(arguments, output);
            return new ExitStatus(exit.code(), exit.name());
        } catch (Exception e) {
            FailureReport report = FailureReport.of(e);
            output.out().flush();
            output.errors().print(report.text());
            return new ExitStatus(report.exit().code(), report.exit().name());
        } finally {
            output.flush();
        }
    }

    @Override
    public String getHelp() {
        StringBuilder text = new StringBuilder();
        text.append(getDescription()).append("\n\n  farad ").append(getName());
        text.append(synopsis.isEmpty() ? "" : " " + synopsis).append(" [options]\n\n");
        for (CommandOption option : getOptions()) {
            String shortName = option.shortName() == ' ' ? "    " : "-" + option.shortName() + ", ";
            String value = option.type() == boolean.class ? "" : " " + option.defaultValue();
            text.append(
                    String.format(
                            "  %s%-24s %s%n",
                            shortName, "--" + option.longName() + value, option.description()));
        }
        return text.toString();
    }

    /** An option with a value; {@code placeholder} stands for the value in the help. */
    protected static CommandOption option(
            @Nullable Character shortName, String name, String placeholder, String description) {
        return new CommandOption(
                shortName == null ? ' ' : shortName,
                name,
                description,
                false,
                placeholder,
                null,
                String.class);
    }

    /** An option that is there or not. */
    protected static CommandOption flag(String name, String description) {
        return new CommandOption(' ', name, description, false, "", null, boolean.class);
    }

    /** These options, and those that say which cluster. */
    protected static List<CommandOption> withTarget(CommandOption... options) {
        List<CommandOption> all = new ArrayList<>(List.of(options));
        all.add(option(null, "url", "HOST:PORT", "which cluster; a jdbc:postgresql URL too"));
        all.add(option(null, "http-url", "URL", "its REST, if not at that host's port 8080"));
        all.add(option(null, "user", "NAME", "who (admin)"));
        all.add(option(null, "password-file", "FILE", "the password is its first line"));
        all.add(option(null, "data-dir", "DIR", "the local node that keeps its data there"));
        all.add(flag("verbose", "tell each call of REST"));
        return all;
    }

    /** How rows are printed. */
    protected static CommandOption format() {
        return option('o', "format", "FORMAT", "table, csv or json (table)");
    }
}
