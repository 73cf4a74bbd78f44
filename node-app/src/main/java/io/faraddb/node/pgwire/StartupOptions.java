package io.faraddb.node.pgwire;

import io.faraddb.node.pgwire.codec.FrontendReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The start-up parameter "options": {@code -c name=value} and {@code --name=value}. */
final class StartupOptions {

    private StartupOptions() {}

    static Map<String, String> parse(String options) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> words = words(options);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String setting;
            if (word.equals("-c") && i + 1 < words.size()) {
                i++;
                setting = words.get(i);
            } else if (word.startsWith("-c") && word.length() > 2) {
                setting = word.substring(2);
            } else if (word.startsWith("--")) {
                setting = word.substring(2);
            } else {
                throw invalid(word);
            }
            int equals = setting.indexOf('=');
            if (equals <= 0) {
                throw invalid(word);
            }
            String name = setting.substring(0, equals).replace('-', '_');
            settings.put(name, setting.substring(equals + 1));
        }
        return settings;
    }

    private static io.faraddb.engine.error.SqlException invalid(String word) {
        return FrontendReader.violation(
                "invalid command-line argument for server process: " + word);
    }

    /** Words between spaces; a backslash takes the next character as it is. */
    private static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else if (c == '\\' && i + 1 < options.length()) {
                i++;
                word.append(options.charAt(i));
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
