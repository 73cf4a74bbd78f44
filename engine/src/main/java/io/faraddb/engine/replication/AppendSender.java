package io.faraddb.engine.replication;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that gives a leader's appends to Ratis, one after the other and each only once, since
 * Ratis may wait for its locks and its queue, and a site must not.
 */
final class AppendSender implements Runnable {

    /** What may be under way in Ratis: it refuses more than 64 MiB. */
    static final int IN_FLIGHT_BYTES_MAX = 16 << 20;

    static final int IN_FLIGHT_PARTS_MAX = 1024;

    /** How long it sleeps when there is nothing to send. */
    private static final long IDLE_MILLIS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(AppendSender.class);
    private static final PendingAppend WAKE = PendingAppend.jump(LogPosition.START);

    /** How Ratis takes a record: at once up to its queue, the reply later. */
    @FunctionalInterface
    interface Target {
        CompletableFuture<RaftClientReply> submit(PendingAppend.Part part) throws IOException;
    }

    private final int partition;
    private final LeaderAppends appends;
    private final Replica replica;
    private final Target target;
    private final Runnable stepDown;
    private final long queuedBytesMax;
    private final BlockingQueue<PendingAppend> queue;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final Semaphore room = new Semaphore(IN_FLIGHT_BYTES_MAX);
    private final Semaphore parts = new Semaphore(IN_FLIGHT_PARTS_MAX);
    private final Thread thread;
    private volatile boolean closed;

    /** What a sender works with. */
    record Parts(
            int partition,
            LeaderAppends appends,
            Replica replica,
            Target target,
            Runnable stepDown) {}

    AppendSender(Parts with, RatisSettings settings) {
        this.partition = with.partition();
        this.appends = with.appends();
        this.replica = with.replica();
        this.target = with.target();
        this.stepDown = with.stepDown();
        this.queue = new ArrayBlockingQueue<>(settings.queuedAppendsMax());
        this.queuedBytesMax = settings.queuedBytesMax();
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("farad-ratis-append-" + partition)
                        .unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Takes an append, or refuses it when too many wait. */
    void offer(PendingAppend append) {
        long before = queuedBytes.getAndAdd(append.bytes());
        boolean full = before > 0 && before + append.bytes() > queuedBytesMax;
        if (full || !queue.offer(append)) {
            queuedBytes.addAndGet(-append.bytes());
            refuse(append, Refusals.queueFull());
        }
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                PendingAppend append = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (append != null && !closed) {
                    queuedBytes.addAndGet(-append.bytes());
                    send(append);
                }
            }
        } catch (Throwable e) {
            LOG.atError().setCause(e).log("Appends of partition {} can't be sent", partition);
            replica.fail(e);
        }
    }

    private void send(PendingAppend append) throws InterruptedException {
        int offset = 0;
        do {
            PendingAppend.Part part =
                    append.part(offset, ServerProperties.PART_BYTES_MAX, replica.last().index());
            if (!appends.isOutstanding(append) || !awaitRoom(part)) {
                return;
            }
            CompletableFuture<RaftClientReply> reply = submit(part);
            reply.handle((done, failure) -> replied(part, done, failure))
                    .exceptionally(this::defect);
            offset += part.part().content().remaining();
        } while (offset < append.bytes());
    }

    /** Waits for replies while too much is under way; false when the sender is closed meanwhile. */
    private boolean awaitRoom(PendingAppend.Part part) throws InterruptedException {
        room.acquire(part.getContent().size());
        parts.acquire();
        return !closed;
    }

    private CompletableFuture<RaftClientReply> submit(PendingAppend.Part part) {
        try {
            return target.submit(part);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean defect(Throwable cause) {
        replica.fail(cause);
        return false;
    }

    private boolean replied(
            PendingAppend.Part part, @Nullable RaftClientReply reply, @Nullable Throwable thrown) {
        room.release(part.getContent().size());
        parts.release();
        Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (failure == null && reply != null) {
            failure = reply.getException();
        }
        if (failure != null) {
            failed(part.append(), failure);
        }
        return failure == null;
    }

    /**
     * When Ratis has let an append in and then did not add it, though the lead goes on, nobody
     * knows how the log stands; and without its jump a lead can't begin. Then the lead is given up.
     */
    private void failed(PendingAppend append, Throwable failure) {
        boolean appended = append.appended();
        boolean first =
                refuse(append, appended ? Refusals.outcomeUnknown(partition) : refusalFor(failure));
        boolean stuck = appended || append.kind() == EntryPart.Kind.JUMP;
        if (first && stuck && !(failure instanceof NotLeaderException)) {
            LOG.atWarn().setCause(failure).log("Partition {} gives up its lead", partition);
            stepDown.run();
        }
    }

    private SqlException refusalFor(Throwable failure) {
        if (failure instanceof StateMachineException
                && failure.getCause() instanceof SqlException refusal) {
            return refusal;
        }
        return failure instanceof ResourceUnavailableException
                ? Refusals.queueFull()
                : Refusals.notLeading(partition);
    }

    private boolean refuse(PendingAppend append, SqlException refusal) {
        boolean first = appends.refused(append, refusal);
        if (first) {
            append.done().completeExceptionally(refusal);
        }
        return first;
    }

    /** Sends nothing more. */
    void close(long waitMillis) {
        closed = true;
        queue.clear();
        boolean woken = queue.offer(WAKE);
        room.release(IN_FLIGHT_BYTES_MAX);
        parts.release(IN_FLIGHT_PARTS_MAX);
        if (Thread.currentThread() == thread || !woken) {
            return;
        }
        try {
            thread.join(waitMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.atWarn().log("Partition {} is still sending an append", partition);
        }
    }
}
