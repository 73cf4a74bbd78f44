package io.faraddb.shell.cli;

import io.faraddb.shell.connect.ShellFailure;
import java.io.Console;
import java.util.Locale;

/** Asks before something is done that cannot be undone. */
public final class Confirmation {

    private Confirmation() {}

    /** Returns if it may be done: {@code --yes} says so, or somebody at the terminal does. */
    public static void require(Arguments arguments, String question) {
        if (arguments.flag("yes")) {
            return;
        }
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw ShellFailure.usage("nobody is there to be asked", "--yes does it unasked");
        }
        String answer = console.readLine("%s [y/N] ", question);
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new ShellFailure(io.faraddb.shell.connect.Exit.FAILED, "not done");
        }
    }
}
