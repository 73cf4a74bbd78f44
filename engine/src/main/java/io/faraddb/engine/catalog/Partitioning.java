package io.faraddb.engine.catalog;

/** Which partition a row of a table lives in. */
public sealed interface Partitioning {

    /**
     * By the hash of a column's value.
     *
     * @param column place in the table's columns; part of the primary key if there is one
     */
    record ByColumn(int column) implements Partitioning {}

    /**
     * By the hidden row id of a table without a primary key: the high 16 bits are the partition.
     */
    record ByRowId() implements Partitioning {}

    /** A copy in every partition. */
    record Replicated() implements Partitioning {}
}
