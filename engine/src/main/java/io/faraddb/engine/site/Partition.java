package io.faraddb.engine.site;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.storage.Changes;
import io.faraddb.engine.storage.PartitionStore;
import io.faraddb.engine.storage.Reservations;
import io.faraddb.engine.storage.Versions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The committed state of one partition. It changes in one place, {@link #apply}, whether the entry
 * comes from this leader, from another one, or from the log of an earlier run.
 */
public final class Partition {

    private final int id;
    private final PartitionStore store;
    private final Reservations reservations = new Reservations();
    private final Map<Long, LogRecord.Prepared> prepared = new LinkedHashMap<>();
    private final Map<Long, Decision> decisions = new LinkedHashMap<>();
    private final Map<Long, List<Changes>> parts = new HashMap<>();
    private LogPosition applied = LogPosition.START;
    private final Set<Long> givenUp = new HashSet<>();

    /** What the first participant remembers until all know it. */
    record Decision(boolean commit, int[] participants) {}

    public Partition(int id, Catalog catalog) {
        this.id = id;
        this.store = new PartitionStore();
        adopt(catalog);
    }

    /** Goes over to another catalog: trees are made and dropped, indexes built. */
    public void adopt(Catalog catalog) {
        store.adopt(catalog);
    }

    /** Stands where a snapshot stood: its rows are loaded, these are its open transactions. */
    void restore(LogPosition position, List<LogRecord> transactions) {
        Invariant.check(applied.equals(LogPosition.START), "a snapshot comes before the log");
        for (LogRecord transaction : transactions) {
            apply(transaction, Versions.NONE);
        }
        applied = position;
    }

    /** What earlier runs left is replayed: from now on there are indexes. */
    void replayed() {
        store.buildIndexes();
    }

    long catalogVersion() {
        return store.catalogVersion();
    }

    public int id() {
        return id;
    }

    /** The last entry in it. */
    public LogPosition applied() {
        return applied;
    }

    PartitionStore store() {
        return store;
    }

    Reservations reservations() {
        return reservations;
    }

    /** The version of rows that a record of an entry writes. */
    static long version(LogPosition position, int ordinal) {
        return position.index() << 16 | ordinal;
    }

    /** The one door. */
    void apply(LogPosition position, List<LogRecord> records) {
        Invariant.check(
                position.index() == applied.index() + 1,
                "entry %d follows %d",
                position.index(),
                applied.index());
        for (int i = 0; i < records.size(); i++) {
            apply(records.get(i), version(position, i));
        }
        applied = position;
    }

    private void apply(LogRecord entry, long version) {
        switch (entry) {
            case LogRecord.Committed committed -> store.apply(committed.changes(), version);
            case LogRecord.PreparedPart part ->
                    parts.computeIfAbsent(part.transaction(), unused -> new ArrayList<>())
                            .add(part.changes());
            case LogRecord.Prepared last -> {
                LogRecord.Prepared preparation = whole(last);
                prepared.put(preparation.transaction(), preparation);
                // A leader has reserved it already, when it voted.
                if (!reservations.holds(preparation.transaction())
                        && !givenUp.contains(preparation.transaction())) {
                    reservations.reserve(preparation.transaction(), preparation.changes(), store);
                }
            }
            case LogRecord.Decided decided -> decide(decided, version);
            case LogRecord.Forgotten forgotten -> decisions.remove(forgotten.transaction());
        }
    }

    /** A prepared transaction with the parts that came before. */
    private LogRecord.Prepared whole(LogRecord.Prepared last) {
        List<Changes> before = parts.remove(last.transaction());
        if (before == null) {
            return last;
        }
        before.add(last.changes());
        return new LogRecord.Prepared(
                last.transaction(), last.participants(), Changes.join(before));
    }

    /** Parts whose transaction was never prepared: its coordinator is gone. */
    void forgetOrphanParts() {
        parts.clear();
    }

    private void decide(LogRecord.Decided decided, long version) {
        parts.remove(decided.transaction());
        givenUp.remove(decided.transaction());
        LogRecord.Prepared preparation = prepared.remove(decided.transaction());
        if (preparation == null) {
            // An abort of what never was prepared here, remembered so that it never will be. What
            // is decided already stays so.
            decisions.putIfAbsent(
                    decided.transaction(), new Decision(decided.commit(), new int[] {id}));
            return;
        }
        reservations.release(decided.transaction());
        if (decided.commit()) {
            store.apply(preparation.changes(), version);
        }
        if (preparation.participants()[0] == id) {
            decisions.put(
                    decided.transaction(),
                    new Decision(decided.commit(), preparation.participants()));
        }
    }

    /**
     * Aborts a prepared transaction before the log says so, which may have no room for that now:
     * nobody waits for it any more. The log has to hear of it before the coordinator forgets.
     */
    void giveUp(long transaction) {
        givenUp.add(transaction);
        reservations.release(transaction);
    }

    /** A transaction was not prepared here after all, as far as this replica knows. */
    void notPrepared(long transaction) {
        givenUp.remove(transaction);
        reservations.release(transaction);
    }

    /** The rest of a transaction will never be in the log. */
    void forgetParts(long transaction) {
        parts.remove(transaction);
    }

    /** Whether it keeps parts of transactions of which the rest may follow. */
    boolean holdsParts() {
        return !parts.isEmpty();
    }

    boolean isGivenUp(long transaction) {
        return givenUp.contains(transaction);
    }

    /** Whether a transaction is prepared here that may be committed yet. */
    boolean awaitsDecision() {
        return !givenUp.containsAll(prepared.keySet());
    }

    /**
     * Transactions prepared here whose outcome is not known here, in the order of their preparing.
     */
    Map<Long, LogRecord.Prepared> prepared() {
        return prepared;
    }

    /** What this partition, as the first participant, has decided and must remember. */
    Map<Long, Decision> decisions() {
        return decisions;
    }

    @Nullable Changes preparedChanges(long transaction) {
        LogRecord.Prepared preparation = prepared.get(transaction);
        return preparation == null ? null : preparation.changes();
    }
}
