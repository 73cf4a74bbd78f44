package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.storage.RowCursor;
import io.faraddb.engine.type.KeyWriter;
import java.util.List;

/** The row of a whole primary key: the shortest path there is. */
public final class KeyGet implements Operator {

    private final TableDef table;
    private final KeyPattern key;
    private final RowDecoder decoder;

    public KeyGet(TableDef table, KeyPattern key, RowDecoder decoder) {
        this.table = table;
        this.key = key;
        this.decoder = decoder;
    }

    @Override
    public Rows open(Frame frame) {
        byte[] bytes = key.equalKey(frame, new KeyWriter());
        if (bytes == null) {
            return Rows.NONE;
        }
        RowCursor row = new RowCursor();
        return frame.view().get(table, bytes, row) ? Rows.of(decoder.decode(row)) : Rows.NONE;
    }

    @Override
    public String describe() {
        return "Get " + table.name() + " by primary key";
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }
}
