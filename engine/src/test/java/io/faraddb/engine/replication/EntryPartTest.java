package io.faraddb.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries in parts, and together again. */
class EntryPartTest {

    private static final int PART_BYTES = 100;

    private static byte[] entry(int length, long seed) {
        byte[] entry = new byte[length];
        new Random(seed).nextBytes(entry);
        return entry;
    }

    private static List<EntryPart> parts(long index, byte[] entry) {
        PendingAppend append = PendingAppend.entry(new LogPosition(1, index), entry);
        List<EntryPart> parts = new ArrayList<>();
        int offset = 0;
        do {
            byte[] content = append.part(offset, PART_BYTES, 7).getContent().toByteArray();
            EntryPart part = EntryPart.decode(ByteBuffer.wrap(content), "here");
            assertThat(part.committedThrough()).isEqualTo(7);
            parts.add(part);
            offset += part.content().remaining();
        } while (offset < entry.length);
        return parts;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 200, 1234})
    void entryIsWholeAgainWithItsLastPart(int length) {
        byte[] entry = entry(length, length);
        EntryAssembler assembler = new EntryAssembler();
        List<EntryPart> parts = parts(5, entry);
        assertThat(parts).hasSize(Math.max(1, (length + PART_BYTES - 1) / PART_BYTES));
        for (EntryPart part : parts.subList(0, parts.size() - 1)) {
            assertThat(assembler.add(part, 1)).isNull();
        }
        assertThat(assembler.add(parts.getLast(), 1)).isEqualTo(entry);
    }

    @Test
    void partsOfAFallenLeaderMakeNoEntry() {
        List<EntryPart> old = parts(5, entry(300, 1));
        List<EntryPart> anew = parts(5, entry(300, 2));
        EntryAssembler assembler = new EntryAssembler();
        assertThat(assembler.add(old.get(0), 1)).isNull();
        assertThat(assembler.add(old.get(1), 1)).isNull();
        // The next leader's parts, and one that only seems to continue them.
        assertThat(assembler.add(anew.get(0), 2)).isNull();
        assertThat(assembler.add(old.get(1), 1)).isNull();
        assertThat(assembler.add(anew.get(1), 2)).isNull();
        assertThat(assembler.add(old.get(2), 1)).isNull();
        assertThat(assembler.add(anew.get(2), 2)).isEqualTo(entry(300, 2));
        assertThat(assembler.add(anew.get(2), 2)).isNull();
    }

    @Test
    void anyChangedByteIsNoticed() {
        byte[] good = parts(5, entry(20, 3)).getFirst().encode();
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 4;
            assertThatThrownBy(() -> EntryPart.decode(ByteBuffer.wrap(bad), "there"))
                    .as("byte %d", at)
                    .isInstanceOf(SqlException.class)
                    .hasMessageContaining("there");
        }
        assertThatThrownBy(() -> EntryPart.decode(ByteBuffer.wrap(good, 0, 12), "there"))
                .isInstanceOf(SqlException.class);
    }

    @Test
    void largestPartFitsIntoARecord() {
        byte[] entry = new byte[2 * ServerProperties.PART_BYTES_MAX];
        PendingAppend append = PendingAppend.entry(new LogPosition(1, Long.MAX_VALUE), entry);
        int bytes = append.part(0, ServerProperties.PART_BYTES_MAX, 0).getContent().size();
        assertThat(bytes).isLessThan(ServerProperties.RECORD_BYTES_MAX - 256);
    }
}
