package io.faraddb.engine.replication;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The appends of a leader: which record may be the next in its log, and who waits. Ratis asks while
 * it holds the log's own lock, so what is let in here is what is appended, in that order. Holds no
 * lock but its own and calls nobody.
 */
final class LeaderAppends {

    private final int partition;
    private final Set<PendingAppend> outstanding = new LinkedHashSet<>();
    private final TreeMap<Long, PendingAppend> appended = new TreeMap<>();
    private long term;
    private long last;
    private @Nullable PendingAppend begun;
    private int offset;
    private @Nullable SqlException refusal;

    LeaderAppends(int partition) {
        this.partition = partition;
    }

    /**
     * A lead begins.
     *
     * @param lastIndex of the entries that are in the log; none is under way
     */
    synchronized void lead(long newTerm, long lastIndex) {
        Invariant.check(outstanding.isEmpty(), "no append outlives its lead");
        term = newTerm;
        last = lastIndex;
        begun = null;
        refusal = null;
    }

    /**
     * @return null unless this replica leads in the append's term
     */
    synchronized @Nullable PendingAppend issue(PendingAppend append) {
        if (term == 0 || append.position().term() != term) {
            return null;
        }
        outstanding.add(append);
        return append;
    }

    /** Whether an append still waits for its outcome. */
    synchronized boolean isOutstanding(PendingAppend append) {
        return outstanding.contains(append);
    }

    /**
     * Lets a record into the log.
     *
     * @return why not
     */
    synchronized @Nullable SqlException accept(PendingAppend.Part message) {
        PendingAppend append = message.append();
        EntryPart part = message.part();
        if (append.position().term() != term || !outstanding.contains(append)) {
            return Refusals.notLeading(partition);
        }
        if (!follows(part, append)) {
            SqlException before = refusal;
            return before != null ? before : Refusals.doesNotFollow(last, part.index());
        }
        refusal = null;
        if (part.last()) {
            last = part.index();
            begun = null;
            append.setAppended();
            appended.put(last, append);
        } else {
            begun = append;
            offset = part.offset() + part.content().remaining();
        }
        return null;
    }

    private boolean follows(EntryPart part, PendingAppend append) {
        return switch (part.kind()) {
            case JUMP -> part.index() > last;
            // An entry may begin anew, when the rest of it was refused.
            case ENTRY ->
                    part.index() == last + 1
                            && (part.offset() == 0 || begun == append && part.offset() == offset);
        };
    }

    /** An entry of this leader's term is committed; returns who waits for it. */
    synchronized @Nullable PendingAppend committed(LogPosition position) {
        PendingAppend append = appended.get(position.index());
        if (append == null || append.position().term() != position.term()) {
            return null;
        }
        appended.remove(position.index());
        outstanding.remove(append);
        return append;
    }

    /**
     * An append has failed for itself. Those that were issued before its sender knows fail like it.
     *
     * @return whether it was still outstanding
     */
    synchronized boolean refused(PendingAppend append, SqlException cause) {
        if (!outstanding.remove(append)) {
            return false;
        }
        appended.remove(append.position().index(), append);
        if (append.position().term() == term) {
            refusal = cause;
        }
        return true;
    }

    /** The lead ends: nothing is let in any more. Returns those whose outcome is not known. */
    synchronized List<PendingAppend> depose() {
        List<PendingAppend> lost = new ArrayList<>(outstanding);
        outstanding.clear();
        appended.clear();
        term = 0;
        return lost;
    }
}
