package io.faraddb.engine.site;

/** A prepared transaction or a hold is in the way: try again, nothing was done. */
public final class BusyException extends RuntimeException {

    public static final BusyException INSTANCE = new BusyException();

    private BusyException() {
        super("a prepared transaction is in the way", null, false, false);
    }
}
