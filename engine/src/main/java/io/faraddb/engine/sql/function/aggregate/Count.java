package io.faraddb.engine.sql.function.aggregate;

import io.faraddb.engine.sql.function.Aggregate.Accumulator;
import org.jspecify.annotations.Nullable;

/** count(*), and count(x) of what is not null. */
final class Count implements Accumulator {

    private long count;

    @Override
    public void add(@Nullable Object[] arguments) {
        if (arguments.length == 0 || arguments[0] != null) {
            count++;
        }
    }

    @Override
    public Object result() {
        return count;
    }

    @Override
    public boolean merge(Accumulator other) {
        count += ((Count) other).count;
        return true;
    }
}
