package io.faraddb.node.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.console.cluster.NodeStatus.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConcernsTest {

    private static final long GIGABYTE = 1L << 30;

    /** Of a node with two partitions that is well, but for what is told. */
    private static final class Node {
        private List<Integer> stopped = List.of();
        private List<Integer> logFailed = List.of();
        private boolean diskFull;
        private long freeDiskBytes = 100 * GIGABYTE;
        private int fullestQueue;
        private long tableBytes;
        private boolean heapFull;
        private boolean lastSnapshotFailed;
        private @Nullable Long restored;

        Concerns concerns() {
            return Concerns.of(
                    new Concerns.Facts(
                            2,
                            stopped,
                            logFailed,
                            diskFull,
                            freeDiskBytes,
                            fullestQueue,
                            100,
                            tableBytes,
                            GIGABYTE,
                            heapFull,
                            lastSnapshotFailed,
                            restored));
        }
    }

    private final Node node = new Node();

    private void assertConcern(State state, String... parts) {
        Concerns concerns = node.concerns();
        assertThat(concerns.state()).isEqualTo(state);
        assertThat(concerns.sentences()).hasSize(1);
        assertThat(concerns.sentences().getFirst()).contains(parts).endsWith(".");
    }

    @Test
    void aNodeThatIsWellIsUpAndConcernsNobody() {
        assertThat(node.concerns().state()).isEqualTo(State.UP);
        assertThat(node.concerns().sentences()).isEmpty();
    }

    @Test
    void aStoppedPartitionDegradesTheNodeAndAllOfThemEndIt() {
        node.stopped = List.of(1);
        assertConcern(State.DEGRADED, "Partition 1 stopped", "restart the node");
        node.stopped = List.of(0, 1);
        assertConcern(State.DOWN, "Each of the partitions 0, 1 stopped");
    }

    @Test
    void aFailedLogDegradesTheNode() {
        node.logFailed = List.of(0);
        assertConcern(State.DEGRADED, "Partition 0 writes nothing", "check the disk");
    }

    @Test
    void aFullDiskDegradesTheNode() {
        node.diskFull = true;
        node.freeDiskBytes = 0;
        assertConcern(State.DEGRADED, "disk of the log is full", "reads go on");
    }

    @Test
    void aFullHeapDegradesTheNode() {
        node.tableBytes = GIGABYTE;
        node.heapFull = true;
        assertConcern(State.DEGRADED, "memory is full", "FARAD_HEAP");
    }

    @Test
    void aStartThatWillRestoreConcerns() {
        node.restored = 7L;
        assertConcern(State.UP, "restores snapshot 7", "sets aside");
    }

    @Test
    void littleRoomAFullQueueAndMuchMemoryAreConcerns() {
        node.freeDiskBytes = GIGABYTE / 2;
        assertConcern(State.UP, "Only 0.5 GB");
        node.freeDiskBytes = 2 * GIGABYTE;
        node.fullestQueue = 81;
        assertConcern(State.UP, "81 of 100 places");
        node.fullestQueue = 80;
        node.tableBytes = GIGABYTE * 3 / 4;
        assertConcern(State.UP, "75 %", "FARAD_HEAP");
        node.tableBytes = 0;
        node.lastSnapshotFailed = true;
        assertConcern(State.UP, "last snapshot failed");
    }
}
