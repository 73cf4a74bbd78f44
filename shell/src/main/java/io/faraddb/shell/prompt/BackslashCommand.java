package io.faraddb.shell.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What begins with a backslash, as in psql. */
enum BackslashCommand {
    TABLES("\\dt", "", "tables"),
    DESCRIBE("\\d", "[NAME]", "a table's columns, keys and partitioning; without a name, tables"),
    PROCEDURES("\\df", "", "procedures"),
    EXPANDED("\\x", "", "a line for each value, or back to rows"),
    TIMING("\\timing", "", "how long each statement takes, or no more"),
    HELP("\\?", "", "this"),
    QUIT("\\q", "", "leave; so does Ctrl-D");

    private final String word;
    private final String argument;
    private final String description;

    BackslashCommand(String word, String argument, String description) {
        this.word = word;
        this.argument = argument;
        this.description = description;
    }

    /** What a line begins with; null if it is none of these. */
    static @Nullable BackslashCommand of(String line) {
        String first = line.strip().split("\\s+", 2)[0];
        for (BackslashCommand command : values()) {
            if (command.word.equals(first)) {
                return command;
            }
        }
        return null;
    }

    /** What follows the command; null if nothing does. */
    static @Nullable String argument(String line) {
        String[] words = line.strip().split("\\s+", 2);
        return words.length < 2 ? null : words[1].replaceFirst(";$", "").strip();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(command -> command.word).toList();
    }

    static String help() {
        List<String> lines = new ArrayList<>();
        lines.add("A statement ends with a semicolon and may have many lines. Tab completes.");
        lines.add("Ctrl-C gives up what is typed, or the statement that runs.");
        for (BackslashCommand command : values()) {
            lines.add(
                    "  %-14s %s"
                            .formatted(
                                    (command.word + " " + command.argument).strip(),
                                    command.description));
        }
        lines.add("Commands work here, too, without farad before them: status, load csv t f.csv.");
        lines.add("  help           all of them");
        return String.join("\n", lines) + "\n";
    }
}
