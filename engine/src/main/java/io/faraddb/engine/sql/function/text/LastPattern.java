package io.faraddb.engine.sql.function.text;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the last pattern of a call compiled, since it is mostly a constant. Threads may share it:
 * what is kept never changes.
 */
final class LastPattern {

    private volatile @Nullable Entry last;

    private record Entry(String pattern, String flags, RegularExpression compiled) {}

    RegularExpression compile(String pattern, String flags) {
        Entry entry = last;
        if (entry != null && entry.pattern.equals(pattern) && entry.flags.equals(flags)) {
            return entry.compiled;
        }
        RegularExpression compiled = RegularExpression.compile(pattern, flags);
        last = new Entry(pattern, flags, compiled);
        return compiled;
    }
}
