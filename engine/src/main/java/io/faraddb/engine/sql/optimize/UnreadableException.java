package io.faraddb.engine.sql.optimize;

/** Calcite has made something that there is no bound form of. */
final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableException(String what) {
        super("not read back from Calcite: " + what);
    }
}
