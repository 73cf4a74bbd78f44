package io.faraddb.shell.prompt;

import io.faraddb.shell.sql.StatementReader;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Tells whether what is typed is whole: a statement is with its semicolon, everything else with its
 * line. For completion, words are what names are made of.
 */
final class InputParser implements Parser {

    private final Predicate<String> isCommand;

    /**
     * @param isCommand whether a line is one of the shell's own commands
     */
    InputParser(Predicate<String> isCommand) {
        this.isCommand = isCommand;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !isWhole(line)) {
            throw new EOFError(-1, -1, "the statement goes on", "");
        }
        int from = cursor;
        while (from > 0 && isWordPart(line.charAt(from - 1))) {
            from--;
        }
        int to = cursor;
        while (to < line.length() && isWordPart(line.charAt(to))) {
            to++;
        }
        return new Line(line, cursor, line.substring(from, to), cursor - from);
    }

    /** Whether it is a word with which people leave, with a semicolon or without. */
    static boolean isFarewell(String typed) {
        String word = typed.strip().toLowerCase(Locale.ROOT).replaceFirst(";$", "");
        return List.of("\\q", "quit", "exit").contains(word);
    }

    boolean isWhole(String text) {
        String typed = text.strip();
        if (typed.isEmpty()
                || typed.startsWith("\\")
                || isFarewell(typed)
                || isCommand.test(typed)) {
            return true;
        }
        StatementReader reader = new StatementReader();
        boolean any = false;
        for (String line : text.split("\n", -1)) {
            any |= !reader.add(line).isEmpty();
        }
        String rest = reader.rest();
        return rest == null || any && rest.isBlank();
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '\\' || c == '-';
    }

    /** A word where the cursor is; nothing in it is quoted or escaped. */
    private record Line(String line, int cursor, String word, int wordCursor)
            implements CompletingParsedLine {

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }
}
