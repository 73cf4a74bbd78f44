package io.faraddb.engine.session;

/** Where a session stands, as ReadyForQuery tells it. */
public enum TransactionStatus {
    /** No transaction block. */
    IDLE('I'),
    /** In a transaction block. */
    IN_BLOCK('T'),
    /** In a block that failed: only ROLLBACK and COMMIT are taken. */
    FAILED('E');

    private final char code;

    TransactionStatus(char code) {
        this.code = code;
    }

    /** The byte of ReadyForQuery. */
    public char code() {
        return code;
    }
}
