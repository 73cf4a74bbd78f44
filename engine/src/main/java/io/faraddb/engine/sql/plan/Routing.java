package io.faraddb.engine.sql.plan;

import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.type.TypeKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which partitions a statement can touch.
 *
 * @param everywhere all of them
 * @param pins otherwise those of these values; none: the statement reads no partitioned table
 * @param tables whether it reads or writes any table; if not, any thread can run it
 * @param globalIndexes names of those whose entries it writes, in whatever partition they belong
 */
public record Routing(
        boolean everywhere, List<Pin> pins, boolean tables, List<String> globalIndexes) {

    public Routing {
        pins = List.copyOf(pins);
        globalIndexes = List.copyOf(globalIndexes);
    }

    /**
     * @param kind of the partitioning column
     * @param value reads parameters only
     */
    public record Pin(TypeKind kind, Evaluator value) {}

    /** What {@link #partition} answers when there is more than one. */
    public static final int SEVERAL = -1;

    /** What {@link #partition} answers when any will do. */
    public static final int ANY = -2;

    /** The one partition that a run with the frame's parameters touches, or SEVERAL or ANY. */
    public int partition(TokenRing ring, Frame frame) {
        if (ring.partitions() == 1) {
            return 0;
        }
        if (everywhere) {
            return SEVERAL;
        }
        int found = ANY;
        for (Pin pin : pins) {
            int partition = ring.partitionOf(pin.kind(), pin.value().value(frame));
            if (found != ANY && found != partition) {
                return SEVERAL;
            }
            found = partition;
        }
        return found;
    }

    /** All partitions of the pins; of a statement that needs any one, none. */
    public Set<Integer> partitions(TokenRing ring, Frame frame) {
        Set<Integer> found = new TreeSet<>();
        for (Pin pin : pins) {
            found.add(ring.partitionOf(pin.kind(), pin.value().value(frame)));
        }
        return found;
    }
}
