package io.faraddb.console.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored procedure, with how it ran since the start.
 *
 * @param parameters types
 * @param partitionedBy TABLE.COLUMN; null if it may touch every partition
 * @param statements of a procedure in SQL
 * @param className of a procedure in Java
 * @param archive that holds the class
 * @param aborts calls that were undone
 * @param p50Seconds how long half of the calls took at most; null before the first
 */
public record Procedure(
        String name,
        List<String> parameters,
        @Nullable String partitionedBy,
        List<String> statements,
        @Nullable String className,
        @Nullable String archive,
        long calls,
        long aborts,
        @Nullable Double p50Seconds,
        @Nullable Double p99Seconds) {}
