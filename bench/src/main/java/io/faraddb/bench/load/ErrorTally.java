package io.faraddb.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Errors by SQLSTATE, each with the first message. For all threads. */
final class ErrorTally {

    /** Kinds that are told apart; a server has a few hundred. */
    private static final int STATES_MAX = 1_000;

    private final ConcurrentMap<String, Kind> kinds = new ConcurrentHashMap<>();
    private final LongAdder all = new LongAdder();

    private record Kind(String message, LongAdder count) {}

    void add(String sqlState, String message) {
        all.increment();
        Kind kind = kinds.get(sqlState);
        if (kind == null && kinds.size() < STATES_MAX) {
            kind = kinds.computeIfAbsent(sqlState, state -> new Kind(message, new LongAdder()));
        }
        if (kind != null) {
            kind.count().increment();
        }
    }

    long count() {
        return all.sum();
    }

    Map<String, LoadResult.ErrorKind> byState() {
        Map<String, LoadResult.ErrorKind> byState = new TreeMap<>();
        kinds.forEach((state, kind) ->
                byState.put(state, new LoadResult.ErrorKind(kind.count().sum(), kind.message())));
        return byState;
    }
}
