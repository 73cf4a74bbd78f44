package io.faraddb.engine.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about the session itself. */
public sealed interface SessionStatement extends Statement {

    /**
     * SET.
     *
     * @param local whether it ends with the transaction
     * @param name in lower case; {@code timezone} for TIME ZONE, {@code client_encoding} for NAMES
     * @param values as text; empty for DEFAULT
     */
    record SetVariable(boolean local, String name, List<String> values, int position)
            implements SessionStatement {}

    /**
     * SET CONSTRAINTS.
     *
     * @param names empty for ALL
     */
    record SetConstraints(List<QualifiedName> names, boolean deferred, int position)
            implements SessionStatement {}

    /**
     * RESET.
     *
     * @param name null for ALL
     */
    record ResetVariable(@Nullable String name, int position) implements SessionStatement {}

    /**
     * SHOW.
     *
     * @param name null for ALL
     */
    record ShowVariable(@Nullable String name, int position) implements SessionStatement {}

    record Discard(DiscardTarget target, int position) implements SessionStatement {}

    /** What DISCARD throws away. */
    enum DiscardTarget {
        ALL,
        PLANS,
        SEQUENCES,
        TEMPORARY
    }

    record Listen(String channel, int position) implements SessionStatement {}

    /**
     * NOTIFY.
     *
     * @param payload null without
     */
    record Notify(String channel, @Nullable String payload, int position)
            implements SessionStatement {}

    /**
     * UNLISTEN.
     *
     * @param channel null for all
     */
    record Unlisten(@Nullable String channel, int position) implements SessionStatement {}
}
