package io.faraddb.engine.session;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.memory.MemoryLimits;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.time.TimeSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What functions know of the statement that calls them. */
record StatementContext(
        Catalog catalog,
        long transactionMicros,
        long statementMicros,
        TimeSource time,
        Settings settings,
        String user,
        int backendId,
        MemoryLimits memory)
        implements CallContext {

    @Override
    public long clockMicros() {
        return time.epochMicros();
    }

    @Override
    public ZoneId zone() {
        return settings.zone();
    }

    @Override
    public RandomGenerator random() {
        return ThreadLocalRandom.current();
    }

    @Override
    public @Nullable String setting(String name) {
        return settings.find(name);
    }

    @Override
    public Collection<String> settingNames() {
        return settings.names();
    }
}
