package io.faraddb.engine.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes down what a log tells. */
public class RecordingListener implements PartitionLog.Listener {

    private final UnaryOperator<byte[]> kept;
    private final List<LogPosition> positions = new ArrayList<>();
    private final List<byte[]> entries = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private @Nullable LogPosition replayed;
    private int replayedCount;
    private boolean leads;
    private long term;
    private @Nullable Throwable failure;
    private @Nullable LogPosition behind;
    private long heldIndex;

    /** Keeps all entries. */
    public RecordingListener() {
        this(entry -> entry);
    }

    /**
     * @param kept what to keep of an entry, where all of them are too much
     */
    public RecordingListener(UnaryOperator<byte[]> kept) {
        this.kept = kept;
    }

    /** One that can take no entry, for a defect of its own. */
    public static RecordingListener thatFails() {
        return new RecordingListener() {
            @Override
            public synchronized void committed(LogPosition position, byte[] entry) {
                throw new IllegalStateException("a defect");
            }
        };
    }

    @Override
    public synchronized void committed(LogPosition position, byte[] entry) {
        positions.add(position);
        entries.add(kept.apply(entry));
        note("committed " + position.index());
        boolean interrupted = false;
        while (position.index() == heldIndex) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps the log's thread when it hands out an entry; 0 lets it go. */
    public synchronized void holdAt(long index) {
        heldIndex = index;
        notifyAll();
    }

    @Override
    public synchronized void replayed(LogPosition last) {
        if (replayed != null) {
            throw new IllegalStateException("replayed twice");
        }
        replayed = last;
        replayedCount = positions.size();
        note("replayed " + last.index());
    }

    @Override
    public synchronized void leadership(boolean nowLeads, long newTerm) {
        leads = nowLeads;
        term = newTerm;
        note(nowLeads ? "leads" : "leads no more");
    }

    @Override
    public synchronized void failed(Throwable cause) {
        failure = cause;
        note("failed");
    }

    @Override
    public synchronized void behind(LogPosition through) {
        behind = through;
        note("behind " + through.index());
    }

    /** Writes down what happened, between what the log tells. */
    public synchronized void note(String event) {
        events.add(event);
        notifyAll();
    }

    /** All that happened, in order. */
    public synchronized List<String> events() {
        return List.copyOf(events);
    }

    public synchronized List<LogPosition> positions() {
        return List.copyOf(positions);
    }

    public synchronized List<Long> indexes() {
        return positions.stream().map(LogPosition::index).toList();
    }

    public synchronized List<byte[]> entries() {
        return List.copyOf(entries);
    }

    public synchronized int count() {
        return positions.size();
    }

    public synchronized @Nullable LogPosition replayed() {
        return replayed;
    }

    /** Entries handed out before {@code replayed}. */
    public synchronized int replayedCount() {
        return replayedCount;
    }

    public synchronized boolean leads() {
        return leads;
    }

    public synchronized long term() {
        return term;
    }

    public synchronized @Nullable Throwable failure() {
        return failure;
    }

    public synchronized @Nullable LogPosition behind() {
        return behind;
    }

    /** The last entry that it heard of; START before. */
    public synchronized LogPosition last() {
        return positions.isEmpty() ? LogPosition.START : positions.getLast();
    }

    /** Waits for news at most a while; for use in a loop. */
    public synchronized void awaitNews(long millis) throws InterruptedException {
        wait(millis);
    }
}
