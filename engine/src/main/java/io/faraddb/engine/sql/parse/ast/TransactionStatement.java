package io.faraddb.engine.sql.parse.ast;

import org.jspecify.annotations.Nullable;

/** Statements that begin, end and divide a transaction. */
public sealed interface TransactionStatement extends Statement {

    /**
     * BEGIN or START TRANSACTION.
     *
     * @param start whether it said START TRANSACTION, for the tag of the answer
     */
    record Begin(TransactionModes modes, boolean start, int position)
            implements TransactionStatement {}

    /** COMMIT or END. */
    record Commit(boolean chain, int position) implements TransactionStatement {}

    /** ROLLBACK or ABORT. */
    record Rollback(boolean chain, int position) implements TransactionStatement {}

    record Savepoint(String name, int position) implements TransactionStatement {}

    record ReleaseSavepoint(String name, int position) implements TransactionStatement {}

    record RollbackToSavepoint(String name, int position) implements TransactionStatement {}

    /** SET TRANSACTION, or SET SESSION CHARACTERISTICS AS TRANSACTION for all to come. */
    record SetTransaction(boolean forSession, TransactionModes modes, int position)
            implements TransactionStatement {}

    /** What was said about a transaction; null where nothing was. */
    record TransactionModes(
            @Nullable IsolationLevel isolation,
            @Nullable Boolean readOnly,
            @Nullable Boolean deferrable) {

        public static final TransactionModes NONE = new TransactionModes(null, null, null);
    }

    /** SQL's levels; FaradDB gives the last for any of them. */
    enum IsolationLevel {
        READ_UNCOMMITTED,
        READ_COMMITTED,
        REPEATABLE_READ,
        SERIALIZABLE
    }
}
