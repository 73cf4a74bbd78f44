package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.storage.RowCursor;
import io.faraddb.engine.type.RowLayout;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a packed row that a plan uses; the others stay null. */
public final class RowDecoder {

    private final RowLayout layout;
    private final int width;
    private final int[] places;
    private final int[] columns;

    private RowDecoder(RowLayout layout, int width, int[] places, int[] columns) {
        this.layout = layout;
        this.width = width;
        this.places = places;
        this.columns = columns;
    }

    /**
     * Rows of the visible columns.
     *
     * @param used places among the visible columns
     */
    public static RowDecoder visible(TableDef table, BitSet used) {
        int[] visible = table.visibleColumns();
        int[] places = used.stream().toArray();
        int[] columns = used.stream().map(place -> visible[place]).toArray();
        return new RowDecoder(table.layout(), visible.length, places, columns);
    }

    /** Rows of all columns in the table's order. */
    public static RowDecoder whole(TableDef table) {
        int count = table.columns().size();
        int[] all = java.util.stream.IntStream.range(0, count).toArray();
        return new RowDecoder(table.layout(), count, all, all);
    }

    /** Rows of all columns, then the row's key as bytes and its partition as Long: for writing. */
    public static RowDecoder located(TableDef table) {
        int count = table.columns().size();
        int[] all = java.util.stream.IntStream.range(0, count).toArray();
        return new RowDecoder(table.layout(), count + 2, all, all);
    }

    public @Nullable Object[] decode(RowCursor row) {
        @Nullable Object[] values = new @Nullable Object[width];
        for (int i = 0; i < places.length; i++) {
            values[places[i]] = layout.column(row.bytes(), row.offset(), columns[i]);
        }
        return values;
    }
}
