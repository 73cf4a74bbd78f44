package io.faraddb.engine.replication;

import io.faraddb.engine.error.Invariant;
import java.util.EnumSet;
import java.util.Set;

/** The life of a replica of a partition's log. */
public enum ReplicaState {
    /** Opened; nothing is handed out yet. */
    NEW,
    /** The entries that were there at the start are handed out. */
    REPLAYING,
    /** What the leader commits is handed out. */
    FOLLOWING,
    /** Appends are taken. */
    LEADING,
    /**
     * Entries that come next are truncated everywhere: nothing more is handed out. The replica
     * still votes and still keeps what the leader sends, so the others don't depend on its rows.
     */
    BEHIND,
    /** Closed in order. */
    CLOSED,
    /** The log, or the listener, has failed. */
    FAILED;

    private Set<ReplicaState> next() {
        return switch (this) {
            case NEW -> EnumSet.of(REPLAYING, CLOSED);
            case REPLAYING -> EnumSet.of(FOLLOWING, BEHIND, CLOSED, FAILED);
            case FOLLOWING -> EnumSet.of(LEADING, BEHIND, CLOSED, FAILED);
            case LEADING -> EnumSet.of(FOLLOWING, CLOSED, FAILED);
            case BEHIND -> EnumSet.of(CLOSED, FAILED);
            case FAILED -> EnumSet.of(CLOSED);
            case CLOSED -> EnumSet.noneOf(ReplicaState.class);
        };
    }

    /** Whether one state may follow this one. */
    boolean leadsTo(ReplicaState following) {
        return next().contains(following);
    }

    /** Checks a transition. */
    ReplicaState to(ReplicaState following) {
        Invariant.check(leadsTo(following), "a replica goes from %s to %s", this, following);
        return following;
    }

    /** Whether the listener hears what is committed. */
    boolean handsOut() {
        return this == REPLAYING || this == FOLLOWING || this == LEADING;
    }

    /** Whether it is over. */
    boolean ended() {
        return this == CLOSED || this == FAILED;
    }
}
