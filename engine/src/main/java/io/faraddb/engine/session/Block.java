package io.faraddb.engine.session;

import io.faraddb.engine.stats.RunningTransaction;
import io.faraddb.engine.txn.OptimisticTransaction;

/**
 * The transaction that a session has open.
 *
 * @param explicit begun by BEGIN; otherwise by a pipeline or a text of several statements
 * @param beganMicros now() of all its statements
 * @param running told how it ends
 */
record Block(
        OptimisticTransaction transaction,
        boolean explicit,
        boolean readOnly,
        long beganMicros,
        RunningTransaction running) {}
