package io.faraddb.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.shell.ShellProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.shell.core.command.Command;

/** What needs no node. */
@Timeout(60)
class CommandsTest {

    @TempDir Path directory;
    private ShellProbe shell;

    @BeforeEach
    void start() {
        shell = new ShellProbe(directory);
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nope|2|there is no command",
                "snapshot|2|farad snapshot create, farad snapshot delete",
                "status --bogus|2|status has no option --bogus",
                "status extra|2|too many arguments",
                "status -o xml|2|there is no format xml",
                "sql -e x -f y|2|exclude each other",
                "sql -f none.sql|1|cannot read none.sql",
                "sql -e x --url a:b:c|2|is no address",
                "sql -e x --url 127.0.0.1:1|3|no node answers: Connection to 127.0.0.1:1 refused",
                "sql -e x --url nowhere.invalid:1|3|there is no host nowhere.invalid",
                "sql -e x --data-dir none|3|no node has left its ports",
                "status --http-url ftp://x|2|is no address of REST",
                "status --password-file none|2|cannot read the password",
                "load csv t|2|too few arguments",
                "load csv t none.csv|1|there is no file none.csv",
                "load csv t none.csv --delimiter ab|2|one ASCII character",
                "load csv t none.csv --batch 0|2|--batch needs",
                "load csv t none.csv --header --no-header|2|exclude each other",
                "load json t none.json --delimiter x|2|has no option --delimiter",
                "procedure load none.jar|1|there is no file",
                "config validate none.yaml|1|there is no file",
                "bench voter --rate x|2|--rate needs a number",
                "bench kv --value-bytes 7|2|8 bytes",
                "bench voter --order other|2|partition or session",
                "bench voter --url jdbc:postgresql://h:1/x?ssl=true|2|without encryption",
                "completion fish|2|no completion for fish",
                "help nope|2|there is no command"
            })
    void whatCannotBeDoneIsAnExitCodeAndASentence(String line, int exit, String sentence)
            throws Exception {
        assertThat(shell.run(line.split(" "))).as(shell.errors()).isEqualTo(exit);
        assertThat(shell.errors()).contains(sentence);
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void everyCommandHasHelp() throws Exception {
        assertThat(shell.run("help")).isZero();
        String all = shell.out();
        for (Command command : shell.commands().all()) {
            assertThat(all).contains(command.getName()).contains(command.getDescription());
            List<String> words = List.of((command.getName() + " --help").split(" "));
            assertThat(shell.run(words.toArray(String[]::new))).isZero();
            assertThat(shell.out())
                    .startsWith(command.getDescription())
                    .contains("farad " + command.getName());
            command.getOptions()
                    .forEach(option -> assertThat(shell.out()).contains("--" + option.longName()));
        }
        assertThat(shell.run("help", "load", "csv")).isZero();
        assertThat(shell.out()).contains("--max-errors N");
    }

    @Test
    void versionIsTold() throws Exception {
        assertThat(shell.run("version")).isZero();
        assertThat(shell.out()).startsWith("FaradDB ").contains("Java 25");
        assertThat(shell.run("version", "-o", "json")).isZero();
        assertThat(shell.out()).contains("\"version\":");
    }

    @Test
    void fileIsNotJudgedWithoutTheNodesClasses() throws Exception {
        Path file = Files.writeString(directory.resolve("farad.properties"), "x=1\n");
        assertThat(shell.run("config", "validate", file.toString())).isEqualTo(1);
        assertThat(shell.errors()).contains("the node's classes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|bench cluster completion config help load procedure snapshot sql start status"
                        + " stop version",
                "s|snapshot sql start status stop",
                "snapshot |create delete list restore verify",
                "snapshot create --l|--label",
                "start --pg|--pg-port --pg-socket-dir",
                "load c|csv",
                "status --url x --u|--url --user"
            })
    void bashCompletesCommandsAndOptions(String line) throws Exception {
        assertThat(shell.run("completion", "bash")).isZero();
        Path script = Files.writeString(directory.resolve("farad.bash"), shell.out());
        String[] parts = line.split("\\|", -1);
        String ask =
                "source %s; line='%s'; COMP_WORDS=(farad $line); [[ -z $line || $line == *' ' ]]"
                                .formatted(script, parts[0])
                        + " && COMP_WORDS+=(''); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _farad;"
                        + " printf '%s\\n' \"${COMPREPLY[@]}\" | sort -u";
        Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answer.strip().replace('\n', ' ')).isEqualTo(parts[1]);
    }

    @Test
    void zshUsesTheSameByItsCompatibility() throws Exception {
        assertThat(shell.run("completion", "zsh")).isZero();
        assertThat(shell.out()).startsWith("autoload").contains("complete -o default -F _farad");
    }
}
