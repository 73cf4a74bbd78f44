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
final class FaultyLog implements PartitionLog {

    private final PartitionLog log;
    private final Duration leadershipDelay;
    private int appendsTaken = Integer.MAX_VALUE;
    private ErrorCode refusal = ErrorCode.DISK_FULL;

    private boolean answers = true;
    private final List<Kept> kept = new ArrayList<>();

    FaultyLog(PartitionLog log, Duration leadershipDelay) {
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
    synchronized void answerNone() {
        answers = false;
    }

    /** Answers appends again, but not those that it has kept. */
    synchronized void answer() {
        answers = true;
    }

    /** Those that it has kept, in their order. */
    synchronized List<Kept> kept() {
        return List.copyOf(kept);
    }

    /** An append that waits for its answer. */
    record Kept(
            PartitionLog log,
            LogPosition position,
            byte[] entry,
            CompletableFuture<LogPosition> answer) {

        void take() {
            log.append(position, entry).thenAccept(answer::complete).join();
        }

        void refuse(ErrorCode code) {
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
        return log.append(position, entry);
    }

    @Override
    public CompletableFuture<LogPosition> appendDecision(LogPosition position, byte[] entry) {
        return log.append(position, entry);
    }

    @Override
    public LogPosition endAtOpen() {
        return log.endAtOpen();
    }

    @Override
    public void start(LogPosition after, Listener listener) {
        log.start(after, new LateListener(listener, leadershipDelay));
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        return log.readBarrier();
    }

    @Override
    public void truncateThrough(LogPosition position) {
        log.truncateThrough(position);
    }

    @Override
    public void close() {
        log.close();
    }

    private record LateListener(Listener listener, Duration delay) implements Listener {

        @Override
        public void committed(LogPosition position, byte[] entry) {
            listener.committed(position, entry);
        }

        @Override
        public void replayed(LogPosition last) {
            listener.replayed(last);
        }

        @Override
        public void leadership(boolean leads, long term) {
            Thread.ofPlatform()
                    .start(() -> {
                        LockSupport.parkNanos(delay.toNanos());
                        listener.leadership(leads, term);
                    });
        }

        @Override
        public void failed(Throwable cause) {
            listener.failed(cause);
        }
    }
}
