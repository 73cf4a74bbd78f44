package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.RowKey;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.TypeKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** UNION, INTERSECT and EXCEPT, with multiplicities when ALL. */
public final class SetOperation implements Operator {

    private final Relation.SetOperation.Kind kind;
    private final boolean all;
    private final Operator left;
    private final Operator right;
    private final TypeKind[] kinds;

    public SetOperation(
            Relation.SetOperation.Kind kind,
            boolean all,
            Operator left,
            Operator right,
            TypeKind[] kinds) {
        this.kind = kind;
        this.all = all;
        this.left = left;
        this.right = right;
        this.kinds = kinds.clone();
    }

    @Override
    public Rows open(Frame frame) {
        return switch (kind) {
            case UNION -> union(frame);
            case INTERSECT -> matching(frame, true);
            case EXCEPT -> matching(frame, false);
        };
    }

    private Rows union(Frame frame) {
        Rows first = left.open(frame);
        Rows[] second = new Rows[1];
        Rows both =
                () -> {
                    if (second[0] == null) {
                        @Nullable Object[] row = first.next();
                        if (row != null) {
                            return row;
                        }
                        second[0] = right.open(frame);
                    }
                    return second[0].next();
                };
        return all ? both : distinct(both, frame);
    }

    private Rows distinct(Rows rows, Frame frame) {
        Map<RowKey, Boolean> seen = new HashMap<>();
        KeyWriter writer = RowKey.writer();
        Holding holding = frame.execution().holding();
        return () -> {
            while (true) {
                @Nullable Object[] row = rows.next();
                if (row == null) {
                    return null;
                }
                if (seen.put(RowKey.of(writer, kinds, row), true) == null) {
                    holding.add(row);
                    return row;
                }
            }
        };
    }

    /** Left rows that have (or have not) a partner left on the right. */
    private Rows matching(Frame frame, boolean wanted) {
        Map<RowKey, Integer> counts = new HashMap<>();
        KeyWriter writer = RowKey.writer();
        Rows others = right.open(frame);
        Holding holding = frame.execution().holding();
        for (@Nullable Object[] row = others.next(); row != null; row = others.next()) {
            if (counts.merge(RowKey.of(writer, kinds, row), 1, Integer::sum) == 1) {
                holding.add(row);
            }
        }
        Rows rows = left.open(frame);
        Rows matched =
                () -> {
                    while (true) {
                        @Nullable Object[] row = rows.next();
                        if (row == null) {
                            return null;
                        }
                        if (take(counts, RowKey.of(writer, kinds, row)) == wanted) {
                            return row;
                        }
                    }
                };
        return all ? matched : distinct(matched, frame);
    }

    private boolean take(Map<RowKey, Integer> counts, RowKey key) {
        Integer count = counts.get(key);
        if (count == null) {
            return false;
        }
        if (all) {
            if (count == 1) {
                counts.remove(key);
            } else {
                counts.put(key, count - 1);
            }
        }
        return true;
    }

    @Override
    public String describe() {
        return kind + (all ? " ALL" : "");
    }

    @Override
    public List<Operator> inputs() {
        return List.of(left, right);
    }
}
