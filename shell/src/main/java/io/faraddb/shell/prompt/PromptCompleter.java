package io.faraddb.shell.prompt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandOption;

/** Completes what can come next: commands and their options, keywords, names of the database. */
final class PromptCompleter implements Completer {

    private static final List<String> STARTS =
            List.of(
                    "ALTER",
                    "BEGIN",
                    "CALL",
                    "COMMIT",
                    "CREATE",
                    "DELETE",
                    "DROP",
                    "EXPLAIN",
                    "INSERT",
                    "PARTITION",
                    "ROLLBACK",
                    "SELECT",
                    "SET",
                    "SHOW",
                    "TRUNCATE",
                    "UPDATE",
                    "UPSERT",
                    "VALUES",
                    "WITH");
    private static final List<String> KEYWORDS =
            List.of(
                    """
                    AND AS ASC BETWEEN BY CASE CAST CLASS COLUMN CONFLICT COUNT DEFAULT DESC
                    DISTINCT DO ELSE END EXCEPT EXISTS FALSE FROM FULL GROUP HASH HAVING IN INDEX
                    INNER INTERSECT INTO IS JOIN KEY LEFT LIKE LIMIT NOT NOTHING NULL OFFSET ON OR
                    ORDER OUTER PARTITION PRIMARY PROCEDURE REFERENCES RETURNING RIGHT SELECT SET
                    TABLE THEN TRUE UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHERE WITH
                    """
                            .strip()
                            .split("\\s+"));
    private static final Pattern BEFORE_TABLE =
            Pattern.compile("(?is).*\\b(from|join|into|update|table|copy|truncate|on)\\s+\\w*");
    private static final Pattern BEFORE_PROCEDURE =
            Pattern.compile("(?is).*\\b(call|procedure)\\s+\\w*");
    private static final Pattern WORDS = Pattern.compile("\\w+");

    private final Collection<Command> commands;
    private final Supplier<CatalogNames.Names> names;

    PromptCompleter(Collection<Command> commands, Supplier<CatalogNames.Names> names) {
        this.commands = commands;
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String before = line.line().substring(0, line.cursor());
        String word = line.word().substring(0, line.wordCursor());
        for (String text : candidates(before, word)) {
            candidates.add(new Candidate(text));
        }
    }

    /**
     * What can stand where the cursor is.
     *
     * @param before all up to the cursor
     * @param word its last part, which is completed
     */
    Set<String> candidates(String before, String word) {
        Set<String> found = new TreeSet<>();
        String begun = before.stripLeading();
        if (begun.startsWith("\\")) {
            backslash(begun, found);
            return found;
        }
        if (commands(begun, word, found)) {
            return found;
        }
        sql(begun, word, found);
        return found;
    }

    private void backslash(String begun, Set<String> found) {
        if (begun.startsWith("\\d ")) {
            found.addAll(names.get().columnsByTable().keySet());
        } else if (!begun.contains(" ")) {
            found.addAll(BackslashCommand.names());
        }
    }

    /** Whether what is typed can be nothing but a command. */
    private boolean commands(String begun, String word, Set<String> found) {
        String complete = begun.substring(0, begun.length() - word.length());
        for (Command command : commands) {
            String name = command.getName();
            if (name.startsWith(complete) && !name.equals(complete.strip())) {
                // The next word of its name.
                found.add(name.substring(complete.length()).split(" ")[0]);
            }
            if (begun.startsWith(name + " ")) {
                for (CommandOption option : command.getOptions()) {
                    found.add("--" + option.longName());
                }
                if (name.startsWith("load ") || name.equals("procedure call")) {
                    CatalogNames.Names known = names.get();
                    found.addAll(
                            name.startsWith("load ")
                                    ? known.columnsByTable().keySet()
                                    : known.procedures());
                }
                return true;
            }
        }
        return !complete.isEmpty() && !found.isEmpty();
    }

    private void sql(String begun, String word, Set<String> found) {
        boolean lower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
        boolean start = begun.equals(word);
        if (start) {
            addKeywords(STARTS, lower, found);
            return;
        }
        CatalogNames.Names known = names.get();
        if (BEFORE_PROCEDURE.matcher(begun).matches()) {
            found.addAll(known.procedures());
            return;
        }
        if (BEFORE_TABLE.matcher(begun).matches()) {
            found.addAll(known.columnsByTable().keySet());
            if (!begun.toLowerCase(Locale.ROOT).matches("(?s).*\\bon\\s+\\w*")) {
                return;
            }
        }
        addKeywords(KEYWORDS, lower, found);
        addKeywords(STARTS, lower, found);
        found.addAll(known.columnsByTable().keySet());
        columns(begun, known).forEach(found::addAll);
    }

    /** Columns of the tables that the statement names; of all tables if it names none yet. */
    private static List<Set<String>> columns(String begun, CatalogNames.Names known) {
        Set<String> words = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        WORDS.matcher(begun).results().forEach(match -> words.add(match.group()));
        List<Set<String>> named = new ArrayList<>();
        for (Map.Entry<String, Set<String>> table : known.columnsByTable().entrySet()) {
            if (words.contains(table.getKey())) {
                named.add(table.getValue());
            }
        }
        return named.isEmpty() ? List.copyOf(known.columnsByTable().values()) : named;
    }

    private static void addKeywords(List<String> keywords, boolean lower, Set<String> found) {
        for (String keyword : keywords) {
            found.add(lower ? keyword.toLowerCase(Locale.ROOT) : keyword);
        }
    }
}
