package io.faraddb.node.view;

import io.faraddb.console.cluster.NodeStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody should look after, and what follows for the node's state: worked out from facts
 * alone.
 */
final class Concerns {

    /** Less room than this on the disk is a concern. */
    static final long FREE_DISK_BYTES_MIN = 1L << 30;

    /** A queue that is fuller is a concern. */
    static final double QUEUE_SHARE_MAX = 0.8;

    /** Rows and indexes that take more of the heap are a concern. */
    static final double HEAP_SHARE_MAX = 0.6;

    private static final double BYTES_PER_GIGABYTE = 1L << 30;
    private static final int PERCENT = 100;

    private final List<String> sentences = new ArrayList<>();
    private State state = State.UP;

    /**
     * What is known of a node.
     *
     * @param stopped partitions that take no work any more
     * @param logFailed partitions that take reads only, because their log failed
     * @param restored the snapshot that the next start restores
     * @param fullestQueue waiting transactions in the fullest queue
     */
    record Facts(
            int partitions,
            List<Integer> stopped,
            List<Integer> logFailed,
            boolean diskFull,
            long freeDiskBytes,
            int fullestQueue,
            int queueMax,
            long tableBytes,
            long heapBytesMax,
            boolean heapFull,
            boolean lastSnapshotFailed,
            @Nullable Long restored) {}

    private Concerns() {}

    static Concerns of(Facts facts) {
        Concerns concerns = new Concerns();
        concerns.partitions(facts);
        concerns.disk(facts);
        concerns.load(facts);
        return concerns;
    }

    private void partitions(Facts facts) {
        if (!facts.stopped().isEmpty()) {
            boolean all = facts.stopped().size() == facts.partitions();
            state = all ? State.DOWN : State.DEGRADED;
            say(
                    "%s stopped, because what it holds can no longer be trusted: see the node's"
                            + " log, then restart the node.",
                    named(facts.stopped()));
        }
        if (!facts.logFailed().isEmpty()) {
            degrade();
            say(
                    "%s writes nothing, because its log failed: check the disk, then restart the"
                            + " node.",
                    named(facts.logFailed()));
        }
    }

    private void disk(Facts facts) {
        if (facts.diskFull()) {
            degrade();
            say("The disk of the log is full: writes are refused, reads go on. Make room.");
        } else if (facts.freeDiskBytes() < FREE_DISK_BYTES_MIN) {
            say(
                    "Only %.1f GB of disk are left for the log and snapshots. Make room.",
                    facts.freeDiskBytes() / BYTES_PER_GIGABYTE);
        }
        if (facts.lastSnapshotFailed()) {
            say("The last snapshot failed: the log grows until one succeeds. See Snapshots.");
        }
        if (facts.restored() != null) {
            say(
                    "The next start of the node restores snapshot %d and sets aside what is written"
                            + " until then. See Snapshots.",
                    facts.restored());
        }
    }

    private void load(Facts facts) {
        if (facts.fullestQueue() > QUEUE_SHARE_MAX * facts.queueMax()) {
            say(
                    "%d of %d places in a partition's queue are taken: clients send more than it"
                            + " can do.",
                    facts.fullestQueue(), facts.queueMax());
        }
        if (facts.heapFull()) {
            degrade();
            say(
                    "The memory is full: what would add to it is refused, deletes and small"
                            + " reads go on. Give the node more (FARAD_HEAP), or delete what is"
                            + " not needed.");
        } else if (facts.tableBytes() > HEAP_SHARE_MAX * facts.heapBytesMax()) {
            say(
                    "Rows and indexes take %d %% of the memory. Give the node more (FARAD_HEAP), or"
                            + " delete what is not needed.",
                    PERCENT * facts.tableBytes() / facts.heapBytesMax());
        }
    }

    private void say(String sentence, Object... facts) {
        sentences.add(String.format(Locale.ROOT, sentence, facts));
    }

    private void degrade() {
        if (state == State.UP) {
            state = State.DEGRADED;
        }
    }

    private static String named(List<Integer> partitions) {
        return partitions.size() == 1
                ? "Partition " + partitions.getFirst()
                : "Each of the partitions "
                        + String.join(", ", partitions.stream().map(String::valueOf).toList());
    }

    State state() {
        return state;
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
