package io.faraddb.engine.replication;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replica has handed out, and how it stands in its group. Ratis tells its news from several
 * threads: committed records and "ready to lead" from one, the end of a lead from whichever finds
 * out. One lock puts them in an order, and the listener hears them in that order. It may keep the
 * lock for a while as long as it replays; nothing that a site asks for needs it then.
 */
final class Replica {

    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    /** What a replica wants done; not by the thread that tells it something. */
    interface Wishes {

        /** Let the group's log go on behind a position. */
        void jump(LogPosition position);

        /** Let another one lead. */
        void handOver();

        /** Leave the others of the group to themselves. */
        void leave();

        /** Let nobody wait for a proof that it leads. */
        void loseLead();
    }

    private final int partition;
    private final LeaderAppends appends;
    private final Wishes wishes;

    /** Guards all that follows; what is volatile may be read without it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final EntryAssembler assembler = new EntryAssembler();
    private final Checkpoints checkpoints = new Checkpoints();
    private PartitionLog.@Nullable Listener listener;
    private volatile ReplicaState state = ReplicaState.NEW;
    private volatile long term;
    private volatile LogPosition last = LogPosition.START;
    private long logged;
    private @Nullable TermIndex replayTarget;
    private boolean opened;
    private long jumpTerm;

    /**
     * @param base the group's log begins after it
     */
    Replica(int partition, LogPosition base, LeaderAppends appends, Wishes wishes) {
        this.partition = partition;
        this.appends = appends;
        this.wishes = wishes;
        this.logged = base.index();
    }

    ReplicaState state() {
        return state;
    }

    /** The term in which it leads, or led last. */
    long term() {
        return term;
    }

    /** The last entry that the listener has. */
    LogPosition last() {
        return last;
    }

    void start(LogPosition after, PartitionLog.Listener newListener) {
        lock.lock();
        try {
            state = state.to(ReplicaState.REPLAYING);
            listener = newListener;
            last = after;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The group's log is open.
     *
     * @param end its last record, which need not be committed
     * @param applied the last record that was told already
     */
    void opened(@Nullable TermIndex end, TermIndex applied) {
        lock.lock();
        try {
            opened = true;
            replayTarget = end;
            if (state == ReplicaState.REPLAYING && logged > last.index()) {
                fallBehind(logged);
            }
            passed(applied);
        } catch (Throwable e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    /** A record of the group's log is committed, which carries a part of an entry. */
    void committed(EntryPart part, TermIndex record) {
        lock.lock();
        try {
            if (!state.handsOut()) {
                return;
            }
            LogPosition position = new LogPosition(record.getTerm(), part.index());
            switch (part.kind()) {
                case ENTRY -> {
                    byte[] entry = assembler.add(part, record.getTerm());
                    if (entry != null) {
                        entry(position, entry, record);
                    }
                }
                case JUMP -> jumped(position);
            }
            passed(record);
        } catch (Throwable e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    private void entry(LogPosition position, byte[] entry, TermIndex record) {
        if (position.index() <= logged) {
            // It does not follow: it was let in by nobody, and there is nothing to hand out.
            LOG.atWarn().log("Partition {}: entry {} is there already", partition, position);
            return;
        }
        Invariant.check(
                position.index() == logged + 1,
                "partition %d: entry %s follows entry %d",
                partition,
                position,
                logged);
        logged = position.index();
        checkpoints.add(new SnapshotMark(position, record));
        if (position.index() > last.index()) {
            last = position;
            listener().committed(position, entry);
        }
        PendingAppend own = appends.committed(position);
        if (own != null) {
            own.done().complete(position);
        }
    }

    private void jumped(LogPosition position) {
        if (position.index() <= logged) {
            return;
        }
        logged = position.index();
        checkpoints.reset();
        if (logged > last.index()) {
            fallBehind(logged);
        } else if (jumpTerm == position.term()) {
            appends.committed(position);
            jumpTerm = 0;
            beginToLead(position.term());
        }
    }

    /** A record is committed, whatever it carries. */
    void passed(TermIndex record) {
        lock.lock();
        try {
            TermIndex target = replayTarget;
            boolean done =
                    target == null
                            || record.getIndex() >= target.getIndex()
                            // A new leader has overwritten the rest.
                            || record.getTerm() > target.getTerm();
            if (opened && done && state == ReplicaState.REPLAYING) {
                tellReplayed();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * All of earlier terms is committed and told, and this replica leads.
     *
     * @param stillLeads whether it does, in a term; asked under the lock, since the end of that
     *     lead may be told at the same time
     */
    void readyToLead(long newTerm, LongPredicate stillLeads) {
        lock.lock();
        try {
            if (state == ReplicaState.BEHIND) {
                wishes.handOver();
                return;
            }
            if (!state.handsOut() || !stillLeads.test(newTerm)) {
                return;
            }
            assembler.reset();
            appends.lead(newTerm, logged);
            if (logged < last.index()) {
                jumpTerm = newTerm;
                wishes.jump(new LogPosition(newTerm, last.index()));
            } else {
                beginToLead(newTerm);
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    private void beginToLead(long newTerm) {
        if (state == ReplicaState.REPLAYING) {
            tellReplayed();
        }
        term = newTerm;
        state = state.to(ReplicaState.LEADING);
        LOG.atInfo().log("Partition {} is led by this node in term {}", partition, newTerm);
        listener().leadership(true, newTerm);
    }

    private void tellReplayed() {
        state = state.to(ReplicaState.FOLLOWING);
        listener().replayed(last);
    }

    /** This replica leads no more. */
    void ceasedToLead(long currentTerm) {
        lock.lock();
        try {
            jumpTerm = 0;
            lose(Refusals.notLeading(partition));
            if (state == ReplicaState.LEADING) {
                state = state.to(ReplicaState.FOLLOWING);
                LOG.atInfo().log("Partition {} is not led by this node any more", partition);
                listener().leadership(false, Math.max(currentTerm, term));
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    private void lose(SqlException notAppended) {
        List<PendingAppend> lost = appends.depose();
        for (PendingAppend append : lost) {
            append.lost(notAppended, Refusals.outcomeUnknown(partition));
        }
        wishes.loseLead();
    }

    /** The leader had to send a mark, since the records that come next are gone. */
    void installed(SnapshotMark mark) {
        lock.lock();
        try {
            if (!state.handsOut()) {
                return;
            }
            assembler.reset();
            checkpoints.reset();
            logged = mark.position().index();
            if (logged > last.index()) {
                fallBehind(logged);
            }
            passed(mark.record());
        } catch (Throwable e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    private void fallBehind(long base) {
        LOG.atWarn()
                .log(
                        "Partition {} stands at entry {}, but the log begins after entry {}",
                        partition,
                        last.index(),
                        base);
        state = state.to(ReplicaState.BEHIND);
        listener().behind(new LogPosition(last.term(), base));
    }

    /** The last known place in the group's log that is not after an entry. */
    @Nullable SnapshotMark markThrough(LogPosition position) {
        return checkpoints.takeThrough(position);
    }

    /** The log, or the listener, can't go on. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            if (state.ended() || state == ReplicaState.NEW) {
                return;
            }
            LOG.atError().setCause(cause).log("The log of partition {} has failed", partition);
            state = state.to(ReplicaState.FAILED);
            lose(Refusals.ended(partition, state));
            wishes.leave();
            listener().failed(cause);
        } catch (Throwable e) {
            LOG.atError().setCause(e).log("A listener did not take the failure of its log");
        } finally {
            lock.unlock();
        }
    }

    /**
     * The listener hears nothing after this.
     *
     * @return false when it was closed before
     */
    boolean close() {
        lock.lock();
        try {
            if (state == ReplicaState.CLOSED) {
                return false;
            }
            state = state.to(ReplicaState.CLOSED);
            lose(Refusals.ended(partition, state));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private PartitionLog.Listener listener() {
        return Invariant.notNull(listener, "a log that is started has a listener");
    }
}
