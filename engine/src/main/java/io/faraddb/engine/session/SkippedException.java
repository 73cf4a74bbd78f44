package io.faraddb.engine.session;

/** An operation was not tried, because one before it failed and no sync has come. */
public final class SkippedException extends RuntimeException {

    public static final SkippedException INSTANCE = new SkippedException();

    private SkippedException() {
        super("skipped until sync", null, false, false);
    }
}
