package io.faraddb.node.config;

/** Why the node does not start: a sentence, what to change, and the exit code. */
public final class StartFailure extends RuntimeException {

    /** A mistake on the command line. */
    public static final int USAGE = 2;

    /** A port is in use. */
    public static final int UNAVAILABLE = 69;

    /** The data directory cannot be made or used. */
    public static final int CANNOT_CREATE = 73;

    /** The configuration is wrong. */
    public static final int BAD_CONFIGURATION = 78;

    /** The engine could not start. */
    public static final int FAILED = 1;

    private final int exitCode;
    private final String remedy;

    public StartFailure(int exitCode, String message, String remedy) {
        super(message);
        this.exitCode = exitCode;
        this.remedy = remedy;
    }

    public StartFailure(int exitCode, String message, String remedy, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.remedy = remedy;
    }

    public int exitCode() {
        return exitCode;
    }

    /** What to change. */
    public String remedy() {
        return remedy;
    }
}
