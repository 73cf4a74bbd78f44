package io.faraddb.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.shell.ShellProbe;
import io.faraddb.shell.cli.CommandLine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PromptCompleterTest {

    private static final CatalogNames.Names NAMES =
            new CatalogNames.Names(
                    Map.of("votes", Set.of("phone", "contestant"), "account", Set.of("balance")),
                    Set.of("vote"));

    @TempDir Path directory;
    private ShellProbe shell;
    private CommandLine commands;

    @BeforeEach
    void start() {
        shell = new ShellProbe(directory);
        commands = shell.commands();
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    @Test
    void tablesFollowFrom() {
        assertThat(complete("select * from v")).containsExactlyInAnyOrder("votes", "account");
        assertThat(complete("INSERT INTO ")).contains("votes").doesNotContain("SELECT");
    }

    @Test
    void columnsOfNamedTablesAreKnown() {
        assertThat(complete("select * from votes where "))
                .contains("phone", "AND")
                .doesNotContain("balance");
        assertThat(complete("select ")).contains("phone", "balance", "DISTINCT");
    }

    @Test
    void proceduresFollowCall() {
        assertThat(complete("call v")).containsExactly("vote");
        assertThat(complete("drop procedure ")).containsExactly("vote");
    }

    @Test
    void keywordsAreInTheCaseThatIsTyped() {
        assertThat(complete("sel")).contains("select").doesNotContain("SELECT");
        assertThat(complete("SEL")).contains("SELECT");
    }

    @Test
    void commandsAndTheirOptionsAreKnown() {
        assertThat(complete("s")).contains("status", "snapshot", "select");
        assertThat(complete("snapshot "))
                .containsExactlyInAnyOrder("create", "list", "verify", "delete", "restore");
        assertThat(complete("load csv ")).contains("votes", "--delimiter");
        assertThat(complete("procedure call ")).contains("vote");
    }

    @Test
    void backslashesAreKnown() {
        assertThat(complete("\\")).contains("\\d", "\\timing", "\\q");
        assertThat(complete("\\d v")).containsExactlyInAnyOrder("votes", "account");
    }

    @Test
    void statementGoesOnUntilItsSemicolon() {
        InputParser parser = new InputParser(commands::isCommand);
        assertThat(parser.isWhole("select 1")).isFalse();
        assertThat(parser.isWhole("select 1;")).isTrue();
        assertThat(parser.isWhole("select ';\n")).isFalse();
        assertThat(parser.isWhole("select 1; select 2")).isFalse();
        assertThat(parser.isWhole("")).isTrue();
        assertThat(parser.isWhole("-- a remark")).isTrue();
        assertThat(parser.isWhole("\\d t")).isTrue();
        assertThat(parser.isWhole("status")).isTrue();
        assertThat(parser.isWhole("exit")).isTrue();
        assertThat(parser.isWhole("Quit;")).isTrue();
        assertThat(parser.isWhole("load csv t 'a file'")).isTrue();
        assertThat(parser.isWhole("load classes")).isFalse();
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> parser.parse("select 1", 8, ParseContext.ACCEPT_LINE))
                .isInstanceOf(EOFError.class);
    }

    @Test
    void partitioningIsASentence() {
        assertThat(sentence("{\"replicated\":true,\"rows\":3}"))
                .isEqualTo("A copy in each partition, 3 rows");
        assertThat(sentence("{\"partitionColumn\":\"id\",\"rows\":0}"))
                .isEqualTo("Partitioned by id, 0 rows");
        assertThat(sentence("{\"partitionColumn\":null}"))
                .isEqualTo("Partitioned by a hidden row id, 0 rows");
    }

    @Test
    void backslashCommandsHaveArguments() {
        assertThat(BackslashCommand.of(" \\d votes;")).isEqualTo(BackslashCommand.DESCRIBE);
        assertThat(BackslashCommand.argument("\\d votes;")).isEqualTo("votes");
        assertThat(BackslashCommand.argument("\\d")).isNull();
        assertThat(BackslashCommand.of("\\dx")).isNull();
        assertThat(BackslashCommand.help()).contains("\\d [NAME]", "\\q");
    }

    private static String sentence(String json) {
        return Descriptions.sentence(JsonMapper.shared().readTree(json));
    }

    private Set<String> complete(String typed) {
        var line =
                new InputParser(commands::isCommand)
                        .parse(typed, typed.length(), ParseContext.COMPLETE);
        return new PromptCompleter(commands.all(), () -> NAMES)
                .candidates(typed, line.word().substring(0, line.wordCursor()));
    }
}
