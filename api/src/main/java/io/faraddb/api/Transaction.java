package io.faraddb.api;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The transaction that a procedure runs in. Not for other threads, not after {@code run} ends. */
public interface Transaction {

    /**
     * Runs a statement that gives rows.
     *
     * @param arguments values of $1, $2, ..., of the Java classes that {@link Procedure} names
     */
    Rows query(SqlStatement statement, @Nullable Object... arguments);

    /**
     * Runs a statement that writes.
     *
     * @return the number of rows written
     */
    long update(SqlStatement statement, @Nullable Object... arguments);

    /** When the transaction began: the same at each call. */
    Instant now();

    /** Random numbers; what the procedure makes of them is what is replicated. */
    RandomGenerator random();
}
