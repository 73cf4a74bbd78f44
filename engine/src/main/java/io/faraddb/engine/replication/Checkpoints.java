package io.faraddb.engine.replication;

import io.faraddb.engine.log.LogPosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where some of the entries stand in the group's own log, which also holds records that are no
 * entries. Enough to truncate by; when there are too many, every other one is dropped.
 */
final class Checkpoints {

    static final int CHECKPOINTS_MAX = 4096;

    private List<SnapshotMark> marks = new ArrayList<>();
    private long spacing = 1;

    synchronized void add(SnapshotMark mark) {
        boolean far =
                marks.isEmpty()
                        || mark.position().index() >= marks.getLast().position().index() + spacing;
        if (!far) {
            return;
        }
        if (marks.size() == CHECKPOINTS_MAX) {
            List<SnapshotMark> kept = new ArrayList<>();
            for (int i = 0; i < marks.size(); i += 2) {
                kept.add(marks.get(i));
            }
            marks = kept;
            spacing *= 2;
        }
        marks.add(mark);
    }

    /** The last one that is not after a position, without those before it from now on. */
    synchronized @Nullable SnapshotMark takeThrough(LogPosition position) {
        int count = 0;
        while (count < marks.size() && marks.get(count).position().index() <= position.index()) {
            count++;
        }
        if (count == 0) {
            return null;
        }
        SnapshotMark found = marks.get(count - 1);
        marks = new ArrayList<>(marks.subList(count - 1, marks.size()));
        return found;
    }

    synchronized void reset() {
        marks.clear();
        spacing = 1;
    }
}
