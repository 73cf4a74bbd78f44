package io.faraddb.engine.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What sessions count. */
public final class SessionStats {

    private final LongAdder singlePartition = new LongAdder();
    private final LongAdder otherStatements = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final AtomicInteger open = new AtomicInteger();

    void singlePartition() {
        singlePartition.increment();
    }

    void other() {
        otherStatements.increment();
    }

    void failed() {
        failed.increment();
    }

    void conflict() {
        conflicts.increment();
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** Statements and calls that one site ran alone. */
    public long singlePartitionStatements() {
        return singlePartition.sum();
    }

    /** All other statements: over several partitions, in transaction blocks, commands. */
    public long otherStatements() {
        return otherStatements.sum();
    }

    public long failures() {
        return failed.sum();
    }

    /** Interactive transactions that ended with 40001. */
    public long conflicts() {
        return conflicts.sum();
    }

    public int openSessions() {
        return open.get();
    }
}
