package io.faraddb.shell.cli;

import io.faraddb.shell.connect.ShellFailure;
import java.util.ArrayList;
import java.util.List;

/** Cuts a typed line into words as a POSIX shell does: quotes, double quotes, backslashes. */
final class Words {

    private Words() {}

    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean next = i + 1 < line.length();
            if (c == '\\' && next && (quote == 0 || quote == '"' && isSpecial(line, i + 1))) {
                word.append(line.charAt(++i));
                begun = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
                begun = true;
            } else if (begun) {
                words.add(word.toString());
                word.setLength(0);
                begun = false;
            }
        }
        if (quote != 0) {
            throw ShellFailure.usage("a " + quote + " is never closed", null);
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    private static boolean isSpecial(String line, int at) {
        return line.charAt(at) == '"' || line.charAt(at) == '\\';
    }
}
