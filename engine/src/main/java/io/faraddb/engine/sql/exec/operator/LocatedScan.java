package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.exec.Execution;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.storage.KeyRange;
import io.faraddb.engine.storage.RowCursor;
import io.faraddb.engine.storage.ScanCursor;
import io.faraddb.engine.type.KeyWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows to write: all columns of the table in its order, then the key and the partition. */
public final class LocatedScan implements Operator {

    private final TableDef table;
    private final @Nullable IndexDef index;
    private final KeyPattern keys;
    private final boolean wholeKey;
    private final RowDecoder decoder;

    /**
     * @param index null for the primary key
     * @param wholeKey whether keys is one whole primary key
     */
    public LocatedScan(
            TableDef table, @Nullable IndexDef index, KeyPattern keys, boolean wholeKey) {
        this.table = table;
        this.index = index;
        this.keys = keys;
        this.wholeKey = wholeKey;
        this.decoder = RowDecoder.located(table);
    }

    @Override
    public Rows open(Frame frame) {
        return wholeKey ? get(frame) : scan(frame);
    }

    private Rows get(Frame frame) {
        byte[] key = keys.equalKey(frame, new KeyWriter());
        RowCursor row = new RowCursor();
        return key != null && frame.view().get(table, key, row)
                ? Rows.of(located(row, key, frame))
                : Rows.NONE;
    }

    private Rows scan(Frame frame) {
        KeyRange range = keys.range(frame);
        if (range == null) {
            return Rows.NONE;
        }
        ScanCursor cursor = frame.view().scan(table, index, range, false);
        Execution execution = frame.execution();
        return () -> {
            execution.tick();
            return cursor.next() ? located(cursor.row(), cursor.primaryKey(), frame) : null;
        };
    }

    private @Nullable Object[] located(RowCursor row, byte[] key, Frame frame) {
        @Nullable Object[] values = decoder.decode(row);
        values[values.length - 2] = key;
        values[values.length - 1] = (long) frame.partition();
        return values;
    }

    @Override
    public String describe() {
        String by = index == null ? "" : " using index " + index.name();
        return wholeKey
                ? "Get " + table.name() + " by primary key"
                : "Scan " + table.name() + by + keys.describe();
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }
}
