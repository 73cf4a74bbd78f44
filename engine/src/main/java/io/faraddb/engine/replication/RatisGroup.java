package io.faraddb.engine.replication;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.replication.ReadBarriers.PeerProbe;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.TermIndexProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition's replica group, as this node's Ratis server knows it. Every request has a call
 * number of its own under a client id that is as old as this object, and is sent once: so Ratis's
 * cache of replies never finds one, and nothing can be appended twice.
 */
final class RatisGroup {

    private static final Logger LOG = LoggerFactory.getLogger(RatisGroup.class);

    /** To read the group's log takes a while; not this long. */
    private static final long JOIN_MILLIS_MAX = 600_000;

    /** To give up a lead, or hand it to one other member. */
    private static final long STEP_DOWN_MILLIS_MAX = 5_000;

    private final RaftServer server;
    private final RaftGroupId id;
    private final List<RatisMember> members;
    private final Executor executor;
    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();
    private volatile RaftServer.@Nullable Division division;

    RatisGroup(RaftServer server, RaftGroupId id, List<RatisMember> members, Executor executor) {
        this.server = server;
        this.id = id;
        this.members = members;
        this.executor = executor;
    }

    /** As Ratis names a member; its threads are called after it. */
    static RaftPeerId peerId(String node) {
        return RaftPeerId.valueOf("farad-" + node);
    }

    RaftGroupId id() {
        return id;
    }

    int size() {
        return members.size();
    }

    private RaftGroup raftGroup() {
        return RaftGroup.valueOf(
                id,
                members.stream()
                        .map(member ->
                                RaftPeer.newBuilder()
                                        .setId(peerId(member.name()))
                                        .setAddress(member.host() + ":" + member.port())
                                        .build())
                        .toList());
    }

    /** Takes part from now on. */
    void join() throws IOException {
        await(
                server.groupManagementAsync(
                        GroupManagementRequest.newAdd(
                                client,
                                server.getId(),
                                calls.incrementAndGet(),
                                raftGroup(),
                                false)),
                JOIN_MILLIS_MAX);
        division = server.getDivision(id);
    }

    private static void await(CompletableFuture<RaftClientReply> request, long millisMax)
            throws IOException {
        try {
            RaftClientReply reply = request.get(millisMax, TimeUnit.MILLISECONDS);
            if (!reply.isSuccess()) {
                throw new IOException("Ratis refused: " + reply, reply.getException());
            }
        } catch (ExecutionException e) {
            throw new IOException("Ratis failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("Ratis did not answer in " + millisMax + " milliseconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Takes no part any more; the files stay. */
    void leave() {
        if (division == null) {
            return;
        }
        try {
            await(
                    server.groupManagementAsync(
                            GroupManagementRequest.newRemove(
                                    client,
                                    server.getId(),
                                    calls.incrementAndGet(),
                                    id,
                                    false,
                                    false)),
                    RatisLogStore.CLOSE_MILLIS_MAX);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("{} was not left in order", id);
        }
    }

    private RaftServer.Division division() {
        return Invariant.notNull(division, "a group was joined");
    }

    CompletableFuture<RaftClientReply> submit(PendingAppend.Part part) throws IOException {
        RaftClientRequest request =
                RaftClientRequest.newBuilder()
                        .setClientId(client)
                        .setServerId(server.getId())
                        .setGroupId(id)
                        .setCallId(calls.incrementAndGet())
                        .setMessage(part)
                        .setType(RaftClientRequest.writeRequestType())
                        .build();
        return server.submitClientRequestAsync(request);
    }

    /** The last record of the log, committed or not; null if it is empty. */
    @Nullable TermIndex lastRecord() {
        return division().getRaftLog().getLastEntryTermIndex();
    }

    /** Index of the first record of the log; negative if it is empty. */
    long firstRecordIndex() {
        return division().getRaftLog().getStartIndex();
    }

    TermIndex lastApplied() {
        return division().getStateMachine().getLastAppliedTermIndex();
    }

    /** Deletes files that hold nothing after a record. */
    void purge(TermIndex through) {
        CompletableFuture<Long> purged = division().getRaftLog().purge(through.getIndex());
        LOG.atDebug().log("{} is purged through {}: {}", id, through, purged);
    }

    /** Ends this node's lead, if only to begin another one. */
    void stepDown() {
        try {
            transfer(null);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("{} could not give up its lead", id);
        }
    }

    /**
     * Lets a member lead that has what this node has.
     *
     * @return whether it does
     */
    boolean handOver(String node) {
        try {
            transfer(peerId(node));
            return true;
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("{} could not be handed over to {}", id, node);
            return false;
        }
    }

    /**
     * Lets any other member lead. To step down is not enough: a follower waits from when it began
     * to, and a leader that steps down begins last, but has not heard from anybody since, so it is
     * the first to stand again.
     */
    void handOverToAny() {
        boolean done = false;
        for (RatisMember member : members) {
            boolean other = !peerId(member.name()).equals(server.getId());
            done = done || other && handOver(member.name());
        }
        if (!done) {
            stepDown();
        }
    }

    private void transfer(@Nullable RaftPeerId to) throws IOException {
        await(
                server.transferLeadershipAsync(
                        new TransferLeadershipRequest(
                                client,
                                server.getId(),
                                id,
                                calls.incrementAndGet(),
                                to,
                                STEP_DOWN_MILLIS_MAX)),
                2 * STEP_DOWN_MILLIS_MAX);
    }

    /**
     * One for each other member.
     *
     * @param term in which this node leads
     */
    List<PeerProbe> probes(LongSupplier term) {
        return members.stream()
                .map(member -> peerId(member.name()))
                .filter(peer -> !peer.equals(server.getId()))
                .map(peer -> new PeerProbe(() -> termOf(peer, term.getAsLong()), executor))
                .toList();
    }

    /**
     * Asks a member for its term with a question that changes nothing there: whether it would vote
     * for this node, whose log is said to be empty.
     */
    private long termOf(RaftPeerId peer, long term) throws IOException {
        RequestVoteRequestProto question =
                RequestVoteRequestProto.newBuilder()
                        .setServerRequest(
                                RaftRpcRequestProto.newBuilder()
                                        .setRequestorId(server.getId().toByteString())
                                        .setReplyId(peer.toByteString())
                                        .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(id))
                                        .setCallId(calls.incrementAndGet()))
                        .setCandidateTerm(term)
                        .setCandidateLastEntry(TermIndexProto.getDefaultInstance())
                        .setPreVote(true)
                        .build();
        return server.getServerRpc().requestVote(question).getTerm();
    }
}
