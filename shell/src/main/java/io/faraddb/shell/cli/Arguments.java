package io.faraddb.shell.cli;

import io.faraddb.shell.connect.Cluster;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Format;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ParsedInput;

/** What stands behind a command's name. */
public record Arguments(List<CommandOption> options, List<String> values) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|)");

    public static Arguments of(ParsedInput input) {
        return new Arguments(
                input.options(), input.arguments().stream().map(CommandArgument::value).toList());
    }

    public @Nullable String option(String name) {
        for (CommandOption option : options) {
            if (name.equals(option.longName())) {
                return option.value();
            }
        }
        return null;
    }

    public boolean flag(String name) {
        return "true".equals(option(name));
    }

    /** A whole number from 0 to a limit. */
    public long number(String name, long otherwise, long max) {
        String value = option(name);
        if (value == null) {
            return otherwise;
        }
        if (NUMBER.matcher(value).matches() && Long.parseLong(value) <= max) {
            return Long.parseLong(value);
        }
        throw ShellFailure.usage(
                "--" + name + " needs a whole number from 0 to " + max + ", not " + value, null);
    }

    /** A number from 0 to a limit. */
    public double decimal(String name, double otherwise, double max) {
        String value = option(name);
        if (value == null) {
            return otherwise;
        }
        if (DECIMAL.matcher(value).matches() && Double.parseDouble(value) <= max) {
            return Double.parseDouble(value);
        }
        throw ShellFailure.usage(
                "--%s needs a number from 0 to %s, not %s"
                        .formatted(
                                name,
                                BigDecimal.valueOf(max).stripTrailingZeros().toPlainString(),
                                value),
                null);
    }

    /** A time; without a unit, seconds. */
    public Duration duration(String name, Duration otherwise) {
        String value = option(name);
        if (value == null) {
            return otherwise;
        }
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw ShellFailure.usage(
                    "--" + name + " needs a time such as 30s, 5m or 250ms, not " + value, null);
        }
        ChronoUnit unit =
                switch (matcher.group(2)) {
                    case "ms" -> ChronoUnit.MILLIS;
                    case "m" -> ChronoUnit.MINUTES;
                    case "h" -> ChronoUnit.HOURS;
                    default -> ChronoUnit.SECONDS;
                };
        return Duration.of(Long.parseLong(matcher.group(1)), unit);
    }

    public Format format() {
        String name = option("format");
        if (name == null) {
            return Format.TABLE;
        }
        return Format.named(name)
                .orElseThrow(() ->
                        ShellFailure.usage("there is no format " + name, "table, csv or json"));
    }

    /** The cluster that is meant. */
    public Cluster cluster(TargetFinder finder, Output out) {
        TargetFinder.Wanted wanted =
                new TargetFinder.Wanted(
                        option("url"),
                        option("http-url"),
                        option("user"),
                        option("password-file"),
                        option("data-dir"));
        return finder.cluster(wanted, flag("verbose") ? out.errors() : null);
    }
}
