package io.faraddb.node.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.console.cluster.ClusterSource;
import io.faraddb.console.cluster.History;
import io.faraddb.console.cluster.LogState;
import io.faraddb.console.cluster.NodeStatus;
import io.faraddb.console.cluster.RingMap;
import io.faraddb.console.cluster.Topology;
import io.faraddb.console.cluster.Window;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class HealthTest {

    /** A node with two partitions. */
    private record Told(boolean diskFull, boolean available, int replicas)
            implements ClusterSource {

        @Override
        public NodeStatus status() {
            return new NodeStatus(
                    "1",
                    "n1",
                    NodeStatus.State.UP,
                    "fine",
                    List.of(),
                    Instant.EPOCH,
                    0,
                    2,
                    replicas,
                    0,
                    0,
                    0,
                    0,
                    0);
        }

        @Override
        public Topology topology() {
            return new Topology(
                    List.of(new Topology.Node("n1", NodeStatus.State.UP)),
                    List.of(partition(0, true), partition(1, available)));
        }

        private static Topology.Partition partition(int id, boolean available) {
            return new Topology.Partition(id, "n1", List.of("n1"), available, 0, 0, 0, 0);
        }

        @Override
        public RingMap ring() {
            return new RingMap(2, 0, 1, List.of(0, 1));
        }

        @Override
        public LogState log() {
            return new LogState("sync", 0, null, null, 0, 0, 0, 0, 0, diskFull, 42, 100);
        }

        @Override
        public History history(Window window) {
            return History.of(window, List.of());
        }
    }

    @Test
    void aLogThatTakesWritesIsUp() {
        Health health = new LogHealth(new Told(false, true, 1)).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("diskFull", false)
                .containsEntry("freeDiskBytes", 42L);
    }

    @Test
    void aFullDiskIsSaidToBe() {
        Health health = new LogHealth(new Told(true, true, 1)).health();
        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails())
                .containsEntry("diskFull", true)
                .containsEntry("reason", "the disk is full: writes are refused, reads go on");
    }

    @Test
    void aPartitionWithoutLogIsSaidToBe() {
        Health health = new LogHealth(new Told(false, false, 1)).health();
        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails()).containsEntry("reason", "a partition takes no writes");
    }

    @Test
    void missingCopiesAreTold() {
        assertThat(new CopiesHealth(new Told(false, true, 1)).health().getStatus())
                .isEqualTo(Status.UP);
        Health one = new CopiesHealth(new Told(false, false, 1)).health();
        assertThat(one.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(one.getDetails()).containsEntry("partitionsWithFewer", List.of(1));
        Health all = new CopiesHealth(new Told(false, true, 2)).health();
        assertThat(all.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(all.getDetails()).containsEntry("partitionsWithFewer", List.of(0, 1));
    }
}
