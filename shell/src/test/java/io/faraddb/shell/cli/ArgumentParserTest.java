package io.faraddb.shell.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ExitStatus;

class ArgumentParserTest {

    private final StringWriter errors = new StringWriter();
    private final Output output =
            new Output(new PrintWriter(new StringWriter()), new PrintWriter(errors));
    private final ArgumentParser parser =
            new ArgumentParser(
                    new CommandRegistry(
                            Set.of(new Probe(output, "node"), new Probe(output, "node stop"))));

    @Test
    void wordsAreKeptAsTheyAre() {
        Arguments arguments = parse("node", "stop", "-e", "select  'a b'", "x y", "");
        assertThat(arguments.option("execute")).isEqualTo("select  'a b'");
        assertThat(arguments.values()).containsExactly("x y", "");
    }

    @Test
    void flagsTakeNoValue() {
        Arguments arguments = parse("node", "stop", "--force", "n1");
        assertThat(arguments.flag("force")).isTrue();
        assertThat(arguments.values()).containsExactly("n1");
    }

    @Test
    void valuesMayFollowAnEqualsSign() {
        assertThat(parse("node", "--execute=a=b").option("execute")).isEqualTo("a=b");
    }

    @Test
    void numbersAndDashesAreArguments() {
        assertThat(parse("node", "-5", "-", "--", "--force").values())
                .containsExactly("-5", "-", "--force");
    }

    @Test
    void longestNameIsTheCommand() {
        assertThat(parser.parse(List.of("node", "stop", "x")).subCommands())
                .containsExactly("stop");
        assertThat(parser.parse(List.of("node", "x")).subCommands()).isEmpty();
    }

    @Test
    void amountsAreWithinLimits() {
        assertThat(parse("node", "--execute=5").number("execute", 1, 10)).isEqualTo(5);
        assertThat(parse("node").number("execute", 1, 10)).isEqualTo(1);
        assertThatThrownBy(() -> parse("node", "--execute=11").number("execute", 1, 10))
                .hasMessage("--execute needs a whole number from 0 to 10, not 11");
        assertThatThrownBy(() -> parse("node", "--execute=x").number("execute", 1, 10))
                .isInstanceOf(ShellFailure.class);
        assertThat(parse("node", "--execute=0.5").decimal("execute", 1, 1)).isEqualTo(0.5);
        assertThatThrownBy(() -> parse("node", "--execute=NaN").decimal("execute", 1, 1))
                .hasMessage("--execute needs a number from 0 to 1, not NaN");
        assertThat(parse("node", "--execute=90").duration("execute", Duration.ZERO))
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(parse("node", "--execute=2m").duration("execute", Duration.ZERO))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(parse("node", "--execute=250ms").duration("execute", Duration.ZERO))
                .isEqualTo(Duration.ofMillis(250));
        assertThatThrownBy(() -> parse("node", "--execute=2d").duration("execute", Duration.ZERO))
                .hasMessage("--execute needs a time such as 30s, 5m or 250ms, not 2d");
    }

    @Test
    void whatIsNotUnderstoodIsAUsageFailure() {
        assertUsage("there is no command \"nodes\"", "nodes");
        assertUsage("node has no option --bogus", "node", "--bogus");
        assertUsage("--execute needs a value", "node", "--execute");
    }

    @Test
    void typedLinesAreCutAsAPosixShellDoes() {
        assertThat(Words.of("a 'b  c' \"d \\\"e\\\" \\n\" f\\ g '' h\"i\"'j'"))
                .containsExactly("a", "b  c", "d \"e\" \\n", "f g", "", "hij");
        assertThatThrownBy(() -> Words.of("a 'b")).isInstanceOf(ShellFailure.class);
    }

    @Test
    void numberOfArgumentsIsChecked() {
        Probe probe = new Probe(output, "node");
        ExitStatus status =
                probe.doExecute(
                        new CommandContext(
                                parser.parse(List.of("node", "a", "b", "c", "d")),
                                new CommandRegistry(),
                                output.out(),
                                new NoInput()));
        assertThat(status.code()).isEqualTo(Exit.USAGE.code());
        assertThat(errors.toString()).contains("too many arguments", "farad node [NAME] [OTHER]");
    }

    private Arguments parse(String... words) {
        return Arguments.of(parser.parse(List.of(words)));
    }

    private void assertUsage(String message, String... words) {
        assertThatThrownBy(() -> parser.parse(List.of(words)))
                .hasMessage(message)
                .extracting(failure -> ((ShellFailure) failure).exit())
                .isEqualTo(Exit.USAGE);
    }

    private static final class Probe extends FaradCommand {

        Probe(Output output, String name) {
            super(
                    output,
                    name,
                    "",
                    "[NAME] [OTHER]",
                    List.of(
                            option('e', "execute", "TEXT", ""),
                            new CommandOption(' ', "force", "", false, "", null, boolean.class)));
        }

        @Override
        public Exit run(Arguments arguments, Output out) {
            return Exit.OK;
        }
    }
}
