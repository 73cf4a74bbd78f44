package io.faraddb.engine.sql.function.number;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Random ids of version 4. */
final class Uuids {

    private static final long VERSION_MASK = 0xF000L;
    private static final long VERSION = 0x4000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Uuids() {}

    static UUID random(RandomGenerator random) {
        return new UUID(
                (random.nextLong() & ~VERSION_MASK) | VERSION,
                (random.nextLong() & ~VARIANT_MASK) | VARIANT);
    }
}
