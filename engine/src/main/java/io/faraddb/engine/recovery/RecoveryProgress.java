package io.faraddb.engine.recovery;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** How far the opening of a database is. Written by those who load and replay, read by any. */
public final class RecoveryProgress {

    private volatile Phase phase = Phase.LOADING;
    private volatile LongAdder rowsLoaded = new LongAdder();
    private volatile long rowsToLoad;
    private volatile LongSupplier entriesReplayed = () -> 0;
    private volatile long entriesToReplay;

    /** What is being done. */
    public enum Phase {
        /** Rows come from a snapshot. */
        LOADING,
        /** Entries come from the logs, then indexes are built. */
        REPLAYING,
        /** The database is as it was. */
        DONE
    }

    /** Loading begins, perhaps anew from another snapshot. */
    void loads(long rows) {
        rowsLoaded = new LongAdder();
        rowsToLoad = rows;
    }

    void loaded(long rows) {
        rowsLoaded.add(rows);
    }

    /** All is loaded that a snapshot had; now the logs go on. */
    public void replays(long entries, LongSupplier replayed) {
        entriesToReplay = entries;
        entriesReplayed = replayed;
        phase = Phase.REPLAYING;
    }

    /** All is as it was. */
    public void done() {
        phase = Phase.DONE;
    }

    public Phase phase() {
        return phase;
    }

    public long rowsLoaded() {
        return rowsLoaded.sum();
    }

    public long rowsToLoad() {
        return rowsToLoad;
    }

    public long entriesReplayed() {
        return Math.min(entriesReplayed.getAsLong(), entriesToReplay);
    }

    public long entriesToReplay() {
        return entriesToReplay;
    }
}
