package io.faraddb.engine.site;

import io.faraddb.engine.storage.Changes;

/** One transaction's part of a log entry. */
public sealed interface LogRecord {

    /** A transaction of this partition alone. */
    record Committed(Changes changes) implements LogRecord {}

    /** This partition's part of a transaction over several, which is decided later. */
    record Prepared(long transaction, int[] participants, Changes changes) implements LogRecord {}

    /** A piece of what a large transaction changes; its {@link Prepared} comes last. */
    record PreparedPart(long transaction, Changes changes) implements LogRecord {}

    /** What became of a prepared transaction. */
    record Decided(long transaction, boolean commit) implements LogRecord {}

    /** All participants know the decision: the first one need not remember it. */
    record Forgotten(long transaction) implements LogRecord {}
}
