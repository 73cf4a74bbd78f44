package io.faraddb.engine.router;

/** The catalog has changed since the work was planned: plan again, nothing was done. */
public final class StalePlanException extends RuntimeException {

    public static final StalePlanException INSTANCE = new StalePlanException();

    private StalePlanException() {
        super("the catalog has changed", null, false, false);
    }
}
