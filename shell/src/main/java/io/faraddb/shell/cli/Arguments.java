package io.faraddb.shell.command;

import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.Target;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ParsedInput;

/** What stands behind a command's name. */
record Arguments(List<CommandOption> options, List<String> values) {

    static Arguments of(ParsedInput input) {
        return new Arguments(
                input.options(), input.arguments().stream().map(CommandArgument::value).toList());
    }

    @Nullable String option(String name) {
        for (CommandOption option : options) {
            if (name.equals(option.longName())) {
                return option.value();
            }
        }
        return null;
    }

    boolean flag(String name) {
        return "true".equals(option(name));
    }

    int number(String name, int otherwise) {
        String value = option(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ShellFailure.usage("--" + name + " needs a number above 0, not " + value, null);
    }

    Format format() {
        String name = option("format");
        if (name == null) {
            return Format.TABLE;
        }
        return Format.named(name)
                .orElseThrow(() ->
                        ShellFailure.usage("there is no format " + name, "table, csv or json"));
    }

    Target target(TargetFinder finder) {
        return finder.find(
                option("url"), option("user"), option("password-file"), option("data-dir"));
    }
}
