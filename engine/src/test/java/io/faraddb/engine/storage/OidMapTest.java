package io.faraddb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OidMapTest {

    @Test
    void findsWhatAMapFinds() {
        SplittableRandom random = new SplittableRandom(7);
        for (int size = 0; size < 200; size++) {
            Map<Integer, String> model = new HashMap<>();
            while (model.size() < size) {
                // Close together, so that places are taken.
                int oid = random.nextInt(2 * size) * (random.nextBoolean() ? 1 : 1024);
                model.put(oid, "table " + oid);
            }
            OidMap<String> map = OidMap.of(model);
            assertThat(map.values()).containsExactlyInAnyOrderElementsOf(model.values());
            OidMap<Integer> lengths = map.map(String::length);
            for (int oid = 0; oid < 2 * size + 3; oid++) {
                assertThat(map.get(oid)).isEqualTo(model.get(oid));
                String name = model.get(oid);
                assertThat(lengths.get(oid)).isEqualTo(name == null ? null : name.length());
            }
        }
    }
}
