package io.faraddb.engine;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes its time for each append, and at times long: there is always something under way. May
 * refuse some for want of room.
 */
final class SlowLog extends ForwardingLog {

    private static final int NANOS_MAX = 400_000;
    private static final int SLOW_NANOS_MAX = 6_000_000;
    private static final int ONE_SLOW_IN = 12;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Random random;
    private final int refusesOneIn;
    private volatile boolean refuses;

    /**
     * @param refusesOneIn so many appends; 0 to refuse none
     */
    SlowLog(PartitionLog log, long seed, int refusesOneIn) {
        super(log);
        this.random = new Random(seed);
        this.refusesOneIn = refusesOneIn;
    }

    void refuse(boolean some) {
        refuses = some && refusesOneIn > 0;
    }

    private static SqlException refusal() {
        return new SqlException(ErrorCode.DISK_FULL, "refused for a test");
    }

    private boolean isRefused() {
        return refuses && random.nextInt(refusesOneIn) == 0;
    }

    /** Refused at once, while those before it are under way, or when its turn comes. */
    @Override
    public CompletableFuture<LogPosition> append(LogPosition position, byte[] entry) {
        if (isRefused()) {
            return CompletableFuture.failedFuture(refusal());
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    boolean slow = random.nextInt(ONE_SLOW_IN) == 0;
                    LockSupport.parkNanos(random.nextInt(slow ? SLOW_NANOS_MAX : NANOS_MAX));
                    if (isRefused()) {
                        throw refusal();
                    }
                    return super.append(position, entry).join();
                },
                thread);
    }

    @Override
    public CompletableFuture<LogPosition> appendDecision(LogPosition position, byte[] entry) {
        return append(position, entry);
    }

    @Override
    public void close() {
        thread.close();
        super.close();
    }
}
