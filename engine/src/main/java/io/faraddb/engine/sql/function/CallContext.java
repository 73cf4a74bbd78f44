package io.faraddb.engine.sql.function;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.memory.MemoryLimits;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a function may know beyond its arguments. One per statement's execution. */
public interface CallContext {

    Catalog catalog();

    /** Microseconds since 1970 UTC at which the transaction began: now(). */
    long transactionMicros();

    /** Microseconds since 1970 UTC at which the statement began: statement_timestamp(). */
    long statementMicros();

    /** Microseconds since 1970 UTC of this moment: clock_timestamp(). */
    long clockMicros();

    /** The session's TimeZone. */
    ZoneId zone();

    /** For random() and gen_random_uuid(). */
    RandomGenerator random();

    String user();

    /** The number in BackendKeyData. */
    int backendId();

    /**
     * A setting of the session by its lower-case name.
     *
     * @return its value as SHOW prints it; null if there is none of that name
     */
    @org.jspecify.annotations.Nullable
    String setting(String name);

    /** What the statement may hold. */
    default MemoryLimits memory() {
        return MemoryLimits.NONE;
    }

    /** The names of all settings, for pg_settings. */
    default Collection<String> settingNames() {
        return List.of();
    }
}
