package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.log.PartitionLog;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log whose first entry is cut short, though it passed all checks of the log. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BrokenReplayTest {

    private static PartitionLog log(int partition) {
        List<byte[]> entries = new ArrayList<>();
        if (partition == 0) {
            entries.add(new byte[] {1, 2, 3});
        }
        return new MemoryLog(entries);
    }

    @Test
    void whatIsWrongReachesWhoOpensTheEngine() {
        assertThatThrownBy(() -> TestDatabase.engineOver(2, BrokenReplayTest::log))
                .isInstanceOf(BufferUnderflowException.class);
    }
}
