package io.faraddb.engine.catalog;

import java.util.List;

/**
 * A secondary index of a table, ordered by its columns, then by the primary key.
 *
 * @param oid identifies the index for ever; never reused
 * @param unique no two rows have equal columns none of which is null
 * @param constraint made by UNIQUE in a table's definition rather than by CREATE INDEX
 */
public record IndexDef(
        int oid, String name, List<IndexColumn> columns, boolean unique, boolean constraint) {

    public IndexDef {
        columns = List.copyOf(columns);
    }

    /**
     * @param column place in the table's columns
     */
    public record IndexColumn(int column, boolean descending) {}
}
