package io.faraddb.engine.replication;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * What Ratis calls a state machine: the place where a group tells its news. It has no state but how
 * far it was told; the rows are the site's.
 */
final class PartitionStateMachine extends BaseStateMachine {

    private final Replica replica;
    private final LeaderAppends appends;
    private final SnapshotMarks marks;
    private long configurationTerm;

    PartitionStateMachine(Replica replica, LeaderAppends appends, SnapshotMarks marks) {
        this.replica = replica;
        this.appends = appends;
        this.marks = marks;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage)
            throws IOException {
        super.initialize(server, group, storage);
        getLifeCycle().startAndTransition(this::standAtMark);
    }

    private void standAtMark() {
        SnapshotMark mark = marks.latest();
        if (mark != null) {
            setLastAppliedTermIndex(mark.record());
        }
    }

    private DivisionInfo info() throws IOException {
        return getServer().join().getDivision(getGroupId()).getInfo();
    }

    // The leader's side.

    /** Appends come from this node alone: nothing that was sent over the network is let in. */
    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
        TransactionContext transaction = super.startTransaction(request);
        if (!(request.getMessage() instanceof PendingAppend.Part)) {
            transaction.setException(new IOException("a partition's log takes no requests"));
        }
        return transaction;
    }

    /** Called under the log's lock, just before a record gets its place. */
    @Override
    public TransactionContext preAppendTransaction(TransactionContext transaction)
            throws StateMachineException {
        Message message = transaction.getClientRequest().getMessage();
        if (message instanceof PendingAppend.Part part) {
            RuntimeException refusal = appends.accept(part);
            if (refusal == null) {
                return transaction;
            }
            throw new StateMachineException(refusal.getMessage(), refusal, false);
        }
        throw new StateMachineException("a partition's log takes no requests", false);
    }

    @Override
    public void notifyLeaderReady() {
        replica.readyToLead(configurationTerm, this::leadsIn);
    }

    private boolean leadsIn(long term) {
        try {
            DivisionInfo info = info();
            return info.isLeader() && info.getCurrentTerm() == term;
        } catch (IOException e) {
            LOG.debug("{} is gone", getGroupId(), e);
            return false;
        }
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pending) {
        long term = 0;
        try {
            term = info().getCurrentTerm();
        } catch (IOException e) {
            LOG.debug("{} is gone", getGroupId(), e);
        }
        replica.ceasedToLead(term);
    }

    // What is committed; all from one thread.

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        TermIndex record = TermIndex.valueOf(entry);
        updateLastAppliedTermIndex(record);
        try {
            EntryPart part =
                    EntryPart.decode(
                            entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer(),
                            record);
            replica.committed(part, record);
        } catch (RuntimeException e) {
            replica.fail(e);
        }
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    @Override
    public void notifyConfigurationChanged(
            long term, long index, RaftConfigurationProto configuration) {
        // A leader's first record is one of these.
        configurationTerm = term;
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        updateLastAppliedTermIndex(term, index);
        replica.passed(TermIndex.valueOf(term, index));
    }

    // Marks instead of snapshots.

    /**
     * The mark was made durable before, by another thread: what is committed waits for this one.
     */
    @Override
    public long takeSnapshot() {
        SnapshotMark mark = marks.latest();
        return mark == null ? RaftLog.INVALID_LOG_INDEX : mark.record().getIndex();
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return marks;
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return marks.getLatestSnapshot();
    }

    /** The leader's mark is about to be put in place. */
    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    /** The leader's mark is in place. */
    @Override
    public void reinitialize() throws IOException {
        getLifeCycle()
                .startAndTransition(() -> {
                    try {
                        marks.adopt();
                    } catch (RuntimeException e) {
                        replica.fail(e);
                        throw e;
                    }
                    standAtMark();
                });
        SnapshotMark mark = marks.latest();
        if (mark != null) {
            replica.installed(mark);
        }
    }

    // Failures.

    @Override
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
        replica.fail(cause);
    }

    @Override
    public void notifyServerShutdown(RoleInfoProto role, boolean allServer) {
        replica.fail(new IOException("the replica was shut down"));
    }

    /** Ratis closes a group also when it can't go on, such as for want of memory. */
    @Override
    public void close() {
        replica.fail(
                new IOException(
                        "Ratis has closed the replica; what it logged just before says why"));
        getLifeCycle().checkStateAndClose();
    }
}
