package io.faraddb.shell.connect;

import java.io.Console;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for passwords that nobody has told, once each, where somebody is there to ask. */
public final class PasswordPrompt {

    private final Map<String, String> known = new HashMap<>();

    /** The password of a user somewhere; null if nobody can be asked. */
    @Nullable String ask(String user, String where) {
        String asked = user + " at " + where;
        if (!known.containsKey(asked)) {
            Console console = System.console();
            if (console == null || !console.isTerminal()) {
                return null;
            }
            char[] password = console.readPassword("Password of %s: ", asked);
            if (password == null) {
                return null;
            }
            known.put(asked, new String(password));
        }
        return known.get(asked);
    }
}
