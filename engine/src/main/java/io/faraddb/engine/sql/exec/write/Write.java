package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The root of a plan that writes. */
public interface Write {

    /** Runs it whole. */
    Outcome run(Frame frame);

    /** How EXPLAIN names it. */
    String describe();

    /** Where its rows come from. */
    Operator input();

    /**
     * @param count rows written
     * @param returned rows of RETURNING; empty without
     */
    record Outcome(long count, List<@Nullable Object[]> returned) {}
}
