package io.faraddb.shell.connect;

/** What a command's end tells a script. */
public enum Exit {
    /** Done. */
    OK(0),
    /** Not done; the message says why. */
    FAILED(1),
    /** The command line was not understood. */
    USAGE(2),
    /** No node answers, or it cannot serve now. */
    UNAVAILABLE(3),
    /** Wrong password, or a right is missing. */
    NOT_AUTHORISED(4),
    /** A conflict with another transaction, or done in part: some rows were rejected. */
    PARTIAL(5),
    /** It took too long, or was cancelled. */
    TIMED_OUT(6),
    /** It works, with less than it should have. */
    DEGRADED(7);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    /** The process's exit code. */
    public int code() {
        return code;
    }

    /** The one with a code. */
    public static Exit of(int code) {
        for (Exit exit : values()) {
            if (exit.code == code) {
                return exit;
            }
        }
        return FAILED;
    }

    /** What an SQLSTATE means to a script. */
    public static Exit ofState(String state) {
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
            return UNAVAILABLE;
        }
        if (state.startsWith("28") || state.equals("42501")) {
            return NOT_AUTHORISED;
        }
        if (state.startsWith("40")) {
            return PARTIAL;
        }
        return state.equals("57014") ? TIMED_OUT : FAILED;
    }
}
