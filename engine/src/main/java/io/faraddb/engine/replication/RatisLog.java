package io.faraddb.engine.replication;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of a partition's log, whose replicas on several nodes are one Raft group.
 *
 * <p>Going down, an append is issued ({@link LeaderAppends}), sent in order ({@link AppendSender}),
 * let in at its place in the log ({@link PartitionStateMachine#preAppendTransaction}), replicated
 * by Ratis. Coming up, what is committed is put together and handed out ({@link Replica}).
 */
final class RatisLog implements PartitionLog, Replica.Wishes {

    private static final Logger LOG = LoggerFactory.getLogger(RatisLog.class);

    private final int partition;
    private final RatisLogStore store;
    private final RatisGroup group;
    private final SnapshotMarks marks;
    private final LogPosition endAtOpen;
    private final LeaderAppends appends;
    private final Replica replica;
    private final AppendSender sender;
    private final ReadBarriers barriers;
    private boolean leaving;

    RatisLog(
            int partition,
            RatisLogStore store,
            RatisGroup group,
            SnapshotMarks marks,
            LogPosition endAtOpen) {
        this.partition = partition;
        this.store = store;
        this.group = group;
        this.marks = marks;
        this.endAtOpen = endAtOpen;
        this.appends = new LeaderAppends(partition);
        this.replica = new Replica(partition, base(), appends, this);
        this.sender =
                new AppendSender(
                        new AppendSender.Parts(
                                partition, appends, replica, group::submit, this::stepDown),
                        store.settings());
        this.barriers = new ReadBarriers(partition, replica, group.probes(replica::term));
    }

    private LogPosition base() {
        SnapshotMark mark = marks.latest();
        return mark == null ? LogPosition.START : mark.position();
    }

    ReplicaState state() {
        return replica.state();
    }

    @Override
    public LogPosition endAtOpen() {
        return endAtOpen;
    }

    @Override
    public void start(LogPosition after, Listener listener) {
        LogPosition base = base();
        if (group.size() == 1 && after.index() < base.index()) {
            throw Refusals.truncated(partition, base.index(), after.index());
        }
        replica.start(after, listener);
        sender.start();
        try {
            store.join(group, new PartitionStateMachine(replica, appends, marks));
        } catch (IOException e) {
            LOG.atError().setCause(e).log("Partition {} can't join its group", partition);
            throw new SqlException(
                            ErrorCode.IO_ERROR,
                            "The replicated log of partition " + partition + " can't be opened")
                    .detail(String.valueOf(e));
        }
        checkNothingIsMissing();
        replica.opened(group.lastRecord(), group.lastApplied());
    }

    private void checkNothingIsMissing() {
        SnapshotMark mark = marks.latest();
        long begin = mark == null ? 0 : mark.record().getIndex() + 1;
        long first = group.firstRecordIndex();
        if (first > begin) {
            throw new SqlException(
                            ErrorCode.DATA_CORRUPTED,
                            "The replicated log of partition "
                                    + partition
                                    + " lacks its records "
                                    + begin
                                    + " to "
                                    + (first - 1))
                    .hint(
                            "Put the files back from a copy, or remove this replica and add it"
                                    + " anew.");
        }
    }

    @Override
    public CompletableFuture<LogPosition> append(LogPosition position, byte[] entry) {
        if (entry.length > ENTRY_BYTES_MAX) {
            return CompletableFuture.failedFuture(Refusals.tooLarge());
        }
        ReplicaState state = replica.state();
        if (state != ReplicaState.LEADING) {
            return CompletableFuture.failedFuture(notLeading(state));
        }
        PendingAppend append = appends.issue(PendingAppend.entry(position, entry));
        if (append == null) {
            return CompletableFuture.failedFuture(Refusals.notLeading(partition));
        }
        sender.offer(append);
        return append.done();
    }

    private SqlException notLeading(ReplicaState state) {
        return state.ended() ? Refusals.ended(partition, state) : Refusals.notLeading(partition);
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        ReplicaState state = replica.state();
        return state == ReplicaState.LEADING
                ? barriers.ask()
                : CompletableFuture.failedFuture(notLeading(state));
    }

    @Override
    public void truncateThrough(LogPosition position) {
        SnapshotMark mark = replica.markThrough(position);
        if (mark != null) {
            store.run("truncate a log", () -> truncate(mark));
        }
    }

    private void truncate(SnapshotMark mark) {
        try {
            marks.write(mark);
            group.purge(mark.record());
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The log of partition {} was not truncated", partition);
        }
    }

    @Override
    public void jump(LogPosition position) {
        PendingAppend jump = appends.issue(PendingAppend.jump(position));
        sender.offer(Invariant.notNull(jump, "a jump is issued by who leads"));
    }

    @Override
    public void handOver() {
        store.run("hand over a lead", group::handOverToAny);
    }

    boolean handOver(String node) {
        return replica.state() == ReplicaState.LEADING && group.handOver(node);
    }

    private void stepDown() {
        store.run("give up a lead", group::stepDown);
    }

    @Override
    public void loseLead() {
        barriers.failAll();
    }

    @Override
    public void leave() {
        store.run("leave a group", this::leaveNow);
    }

    private synchronized void leaveNow() {
        if (!leaving) {
            leaving = true;
            sender.close(RatisLogStore.CLOSE_MILLIS_MAX);
            group.leave();
            store.left(group);
        }
    }

    @Override
    public void close() {
        if (replica.close()) {
            store.closed(partition, this, this::leaveNow);
        }
    }
}
