package io.faraddb.shell.connect;

import org.jspecify.annotations.Nullable;

/** A command cannot go on; the message is for whoever typed it. */
public final class ShellFailure extends RuntimeException {

    private final Exit exit;
    private final @Nullable String hint;

    /** A failure without advice. */
    public ShellFailure(Exit exit, String message) {
        this(exit, message, null);
    }

    /** A failure with advice what to do. */
    public ShellFailure(Exit exit, String message, @Nullable String hint) {
        super(message);
        this.exit = exit;
        this.hint = hint;
    }

    /** A command line that is not understood. */
    public static ShellFailure usage(String message, @Nullable String hint) {
        return new ShellFailure(Exit.USAGE, message, hint);
    }

    /** What the process tells its caller. */
    public Exit exit() {
        return exit;
    }

    /** What to do about it. */
    public @Nullable String hint() {
        return hint;
    }
}
