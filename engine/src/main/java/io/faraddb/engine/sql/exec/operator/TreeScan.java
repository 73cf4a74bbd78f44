package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.exec.Execution;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.storage.KeyRange;
import io.faraddb.engine.storage.ScanCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a table in the order of its primary key or of an index. */
public final class TreeScan implements Operator {

    private final TableDef table;
    private final @Nullable IndexDef index;
    private final KeyPattern keys;
    private final boolean descending;
    private final RowDecoder decoder;

    /**
     * @param index null for the primary key
     */
    public TreeScan(
            TableDef table,
            @Nullable IndexDef index,
            KeyPattern keys,
            boolean descending,
            RowDecoder decoder) {
        this.table = table;
        this.index = index;
        this.keys = keys;
        this.descending = descending;
        this.decoder = decoder;
    }

    @Override
    public Rows open(Frame frame) {
        KeyRange range = keys.range(frame);
        if (range == null) {
            return Rows.NONE;
        }
        ScanCursor cursor = frame.view().scan(table, index, range, descending);
        Execution execution = frame.execution();
        return () -> {
            execution.tick();
            return cursor.next() ? decoder.decode(cursor.row()) : null;
        };
    }

    @Override
    public String describe() {
        String by = index == null ? "" : " using index " + index.name();
        return "Scan " + table.name() + by + keys.describe() + (descending ? " backward" : "");
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }
}
