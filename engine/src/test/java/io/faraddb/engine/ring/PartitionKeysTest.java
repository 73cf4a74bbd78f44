package io.faraddb.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.type.TypeKind;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionKeysTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 12, 500})
    void keyOfAPartitionIsTheLeastIntegerThatFallsOnIt(int partitions) {
        TokenRing ring = new TokenRing(partitions);
        PartitionKeys keys = new PartitionKeys(ring);
        for (int partition = 0; partition < partitions; partition++) {
            long key = keys.of(partition);
            int wanted = partition;
            assertThat(ring.partitionOf(TypeKind.INTEGER, key)).isEqualTo(partition);
            assertThat(LongStream.range(0, key))
                    .noneMatch(less -> ring.partitionOf(TypeKind.BIGINT, less) == wanted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Zürich"})
    void keyOfAValueFallsWhereTheValueDoes(String value) {
        TokenRing ring = new TokenRing(7);
        PartitionKeys keys = new PartitionKeys(ring);
        assertThat(ring.partitionOf(TypeKind.BIGINT, keys.of(TypeKind.TEXT, value)))
                .isEqualTo(ring.partitionOf(TypeKind.TEXT, value));
        assertThat(keys.of(TypeKind.BIGINT, null)).isEqualTo(keys.of(0));
    }
}
