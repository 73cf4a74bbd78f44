package io.faraddb.engine;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Refuses appends when it is told to, and may tell late that it leads. */
public final class FaultyLog extends ForwardingLog {

    private final PartitionLog log;
    private final Duration leadershipDelay;
    private int appendsTaken = Integer.MAX_VALUE;
    private ErrorCode refusal = ErrorCode.DISK_FULL;
    private boolean answers = true;
    private final List<Kept> kept = new ArrayList<>();

    public FaultyLog(PartitionLog log, Duration leadershipDelay) {
        super(log);
        this.log = log;
        this.leadershipDelay = leadershipDelay;
    }

    /** Takes so many more appends. */
    synchronized void refuseAfter(int appends, ErrorCode code) {
        appendsTaken = appends;
        refusal = code;
    }

    synchronized void refuseNone() {
        appendsTaken = Integer.MAX_VALUE;
    }

    /** Keeps appends to itself from now on. */
    public synchronized void answerNone() {
        answers = false;
    }

    /** Answers appends again, but not those that it has kept. */
    public synchronized void answer() {
        answers = true;
    }

    /** Those that it has kept, in their order. */
    public synchronized List<Kept> kept() {
        return List.copyOf(kept);
    }

    /** An append that waits for its answer. */
    public record Kept(
            PartitionLog log,
            LogPosition position,
            byte[] entry,
            CompletableFuture<LogPosition> answer) {

        public void take() {
            log.append(position, entry).thenAccept(answer::complete).join();
        }

        public void refuse(ErrorCode code) {
            answer.completeExceptionally(new SqlException(code, "refused for a test"));
        }
    }

    @Override
    public synchronized CompletableFuture<LogPosition> append(LogPosition position, byte[] entry) {
        if (!answers) {
            CompletableFuture<LogPosition> answer = new CompletableFuture<>();
            kept.add(new Kept(log, position, entry, answer));
            return answer;
        }
        if (appendsTaken == 0) {
            return CompletableFuture.failedFuture(new SqlException(refusal, "refused for a test"));
        }
        appendsTaken--;
        return super.append(position, entry);
    }

    @Override
    public void leadership(boolean leads, long term) {
        if (leadershipDelay.isZero()) {
            super.leadership(leads, term);
            return;
        }
        Thread.ofPlatform()
                .start(() -> {
                    LockSupport.parkNanos(leadershipDelay.toNanos());
                    super.leadership(leads, term);
                });
    }
}
