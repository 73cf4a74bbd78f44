package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.InvariantViolation;
import io.faraddb.engine.sql.function.CallContext;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a cast may know while a statement is bound: the catalog, and no session. */
record BindCalls(Catalog catalog) implements CallContext {

    private static InvariantViolation noSession() {
        return new InvariantViolation("binding has no session");
    }

    @Override
    public long transactionMicros() {
        throw noSession();
    }

    @Override
    public long statementMicros() {
        throw noSession();
    }

    @Override
    public long clockMicros() {
        throw noSession();
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public RandomGenerator random() {
        throw noSession();
    }

    @Override
    public String user() {
        throw noSession();
    }

    @Override
    public int backendId() {
        throw noSession();
    }

    @Override
    public @Nullable String setting(String name) {
        return null;
    }
}
