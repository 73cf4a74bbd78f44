package io.faraddb.shell.connect;

import org.jspecify.annotations.Nullable;

/** A command cannot go on; the message is for whoever typed it. */
public final class ShellFailure extends RuntimeException {

    private final Exit exit;
    private final @Nullable String hint;
    private final int httpStatus;

    /** A failure without advice. */
    public ShellFailure(Exit exit, String message) {
        this(exit, message, null);
    }

    /** A failure with advice what to do. */
    public ShellFailure(Exit exit, String message, @Nullable String hint) {
        this(exit, message, hint, 0);
    }

    /** A failure that a node reports over HTTP. */
    ShellFailure(Exit exit, String message, @Nullable String hint, int httpStatus) {
        super(message);
        this.exit = exit;
        this.hint = hint;
        this.httpStatus = httpStatus;
    }

    /** A command line that is not understood. */
    public static ShellFailure usage(String message, @Nullable String hint) {
        return new ShellFailure(Exit.USAGE, message, hint);
    }

    /** What the process tells its caller. */
    public Exit exit() {
        return exit;
    }

    /** The status of a node's answer; 0 if it did not come over HTTP. */
    public int httpStatus() {
        return httpStatus;
    }

    /** What to do about it. */
    public @Nullable String hint() {
        return hint;
    }
}
