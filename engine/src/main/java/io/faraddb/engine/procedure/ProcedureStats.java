package io.faraddb.engine.procedure;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.stats.Histogram;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often and how long procedures ran since the start, whatever became of their definitions. */
public final class ProcedureStats {

    /** Procedures that are told apart; those that come later are counted as {@link #OTHERS}. */
    static final int NAMES_MAX = 500;

    /** The name of all that are not told apart. No procedure can have it. */
    public static final String OTHERS = "(others)";

    private final Map<String, Counts> byName = new ConcurrentHashMap<>();

    /** Why a procedure was undone. */
    public enum Abort {
        /** Its own code threw an exception. */
        EXCEPTION,
        /** It ran longer than it may, or was cancelled. */
        CANCELED,
        /** A statement of it failed. */
        STATEMENT
    }

    /** Of one procedure. */
    public static final class Counts {
        private final Histogram nanos = new Histogram();
        private final LongAdder[] aborts = new LongAdder[Abort.values().length];

        Counts() {
            Arrays.setAll(aborts, unused -> new LongAdder());
        }

        void ran(long tookNanos) {
            nanos.record(tookNanos);
        }

        void aborted(ErrorCode code) {
            Abort reason =
                    switch (code) {
                        case EXTERNAL_ROUTINE_EXCEPTION -> Abort.EXCEPTION;
                        case QUERY_CANCELED -> Abort.CANCELED;
                        default -> Abort.STATEMENT;
                    };
            aborts[reason.ordinal()].increment();
        }

        /** How long runs took on their partition's thread, aborted ones too. */
        public Histogram.Distribution nanos() {
            return nanos.distribution();
        }

        public long aborts(Abort reason) {
            return aborts[reason.ordinal()].sum();
        }
    }

    /** Those of a procedure, which is counted from now on. */
    Counts of(String procedure) {
        Counts known = byName.get(procedure);
        if (known != null) {
            return known;
        }
        String name = byName.size() < NAMES_MAX ? procedure : OTHERS;
        return byName.computeIfAbsent(name, unused -> new Counts());
    }

    /** By the procedure's name, in order. */
    public Map<String, Counts> all() {
        return new TreeMap<>(byName);
    }
}
