package io.faraddb.engine.storage;

/**
 * A row is reserved by a prepared transaction: whoever met it waits for the decision and runs
 * again.
 */
public final class ReservedException extends RuntimeException {

    private final long transaction;

    public ReservedException(long transaction) {
        super("reserved by a prepared transaction", null, false, false);
        this.transaction = transaction;
    }

    public long transaction() {
        return transaction;
    }
}
