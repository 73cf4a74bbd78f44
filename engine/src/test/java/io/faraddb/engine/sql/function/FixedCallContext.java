package io.faraddb.engine.sql.function;

import io.faraddb.engine.catalog.Catalog;
import java.time.ZoneId;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A context in which time stands still, in New York. */
public final class FixedCallContext implements CallContext {

    /** 2024-03-10 06:30:00 UTC, half an hour before the clocks are put forward. */
    private static final long MICROS = 1_710_052_200_000_000L;

    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final RandomGenerator random = new Random(42);

    @Override
    public Catalog catalog() {
        return Catalog.EMPTY;
    }

    @Override
    public long transactionMicros() {
        return MICROS;
    }

    @Override
    public long statementMicros() {
        return MICROS;
    }

    @Override
    public long clockMicros() {
        return MICROS;
    }

    @Override
    public ZoneId zone() {
        return ZONE;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public String user() {
        return "admin";
    }

    @Override
    public int backendId() {
        return 1;
    }

    @Override
    public @Nullable String setting(String name) {
        return null;
    }
}
