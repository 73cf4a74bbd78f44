package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code farad sql} at a terminal: keys, and what appears. */
@Tag("slow")
@Timeout(300)
class PromptIT {

    private static final String CONTROL_C = "\u0003";
    private static final String CONTROL_D = "\u0004";
    private static final String UP = "\u001bOA";

    /** The line's end has arrived: what is pasted is marked no more. */
    private static final String NO_LONGER_READ = "\u001b[?2004l";

    private static final String PROMPT = "farad> ";

    @TempDir static Path directory;

    private static RunningNode node;

    @BeforeAll
    static void start() throws IOException {
        node = new RunningNode(directory);
        node.rows("CREATE TABLE voyages (id int PRIMARY KEY, harbour text)");
        node.rows("INSERT INTO voyages SELECT g, 'harbour ' || g FROM generate_series(1, 20000) g");
    }

    @AfterAll
    static void stop() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    /** Each has a history of its own. */
    private static Terminal prompt(String history) throws Exception {
        Path state = Files.createDirectories(directory.resolve(history));
        Terminal terminal =
                new Terminal(
                        directory,
                        Map.of("XDG_STATE_HOME", state.toString()),
                        "'" + Installation.get().command() + "' sql");
        terminal.await(PROMPT);
        return terminal;
    }

    @Test
    void aStatementMayHaveManyLines() throws Exception {
        try (Terminal terminal = prompt("lines")) {
            terminal.enter("SELECT harbour");
            terminal.await("-> ");
            terminal.enter("FROM voyages");
            terminal.await("-> ");
            terminal.enter("WHERE id = 77;");
            terminal.await("harbour 77");
            terminal.await("(1 row)");
            terminal.await(PROMPT);
            terminal.type(CONTROL_D);
            assertThat(terminal.exit()).isZero();
        }
    }

    @Test
    void tabCompletesKeywordsTablesAndColumns() throws Exception {
        try (Terminal terminal = prompt("completion")) {
            terminal.type("SELECT id FROM voy\t");
            terminal.await("ages ");
            terminal.type("WH\t");
            terminal.await("E");
            terminal.type("RE har\t");
            terminal.await("bour ");
            terminal.enter("= 'harbour ' || 1234;");
            terminal.await("1234");
            terminal.await("(1 row)");
            terminal.type("clus\t");
            terminal.await("ter ");
        }
    }

    @Test
    void controlCEndsTheStatementAndNotTheShell() throws Exception {
        try (Terminal terminal = prompt("cancel")) {
            terminal.enter(
                    "SELECT count(*) FROM voyages a, voyages b, voyages c"
                            + " WHERE a.id + b.id + c.id = 0;");
            terminal.await("c.id = 0;");
            terminal.await(NO_LONGER_READ);
            // Nobody sees from outside when it runs: the key is pressed until it does.
            terminal.pressUntil(CONTROL_C, "canceling statement due to user request (57014)");
            terminal.await(PROMPT);
            // What is typed so far is given up, too.
            terminal.enter("SELECT 1,");
            terminal.await("-> ");
            terminal.type(CONTROL_C);
            terminal.await(PROMPT);
            terminal.enter("SELECT 'still' || ' here';");
            terminal.await("still here");
        }
    }

    @Test
    void whatWasTypedIsThereTheNextTime() throws Exception {
        try (Terminal terminal = prompt("history")) {
            terminal.enter("SELECT 40 + 2 AS answer;");
            terminal.await("(1 row)");
            terminal.await(PROMPT);
            terminal.enter("\\q");
            assertThat(terminal.exit()).isZero();
        }
        try (Terminal terminal = prompt("history")) {
            terminal.type(UP);
            terminal.await("\\q");
            terminal.type(UP);
            terminal.await("AS answer;");
            terminal.enter("");
            terminal.await("42");
        }
    }

    @Test
    void describesTablesAndRunsCommands() throws Exception {
        try (Terminal terminal = prompt("descriptions")) {
            terminal.enter("\\d voyages");
            terminal.await("harbour");
            terminal.await("voyages_pkey");
            terminal.await("20000 rows");
            terminal.await(PROMPT);
            terminal.enter("\\dt");
            terminal.await("voyages");
            terminal.enter("BEGIN;");
            terminal.await("farad*> ");
            terminal.enter("SELECT nope;");
            terminal.await("farad!> ");
            terminal.enter("ROLLBACK;");
            terminal.await(PROMPT);
            terminal.enter("status");
            terminal.await("UP");
            terminal.await(PROMPT);
            terminal.enter("load csv voyages none.csv");
            terminal.await("there is no file none.csv");
            terminal.await(PROMPT);
            terminal.enter("exit");
            assertThat(terminal.exit()).isZero();
        }
    }
}
