package io.faraddb.node.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.console.snapshot.Snapshot;
import io.faraddb.node.TestNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SnapshotViewTest {

    @Test
    void aSnapshotThatWasBegunIsAlwaysThereAndOnce(@TempDir Path directory) throws Exception {
        try (TestNode node = TestNode.start(directory)) {
            SnapshotView snapshots = node.bean(SnapshotView.class);
            for (int i = 0; i < 40; i++) {
                long begun = snapshots.create("").id();
                String state;
                do {
                    List<Snapshot> all =
                            snapshots.list().stream().filter(one -> one.id() == begun).toList();
                    assertThat(all).hasSize(1);
                    state = all.getFirst().state();
                } while (state.equals("writing"));
                assertThat(state).isEqualTo("complete");
            }
        }
    }
}
