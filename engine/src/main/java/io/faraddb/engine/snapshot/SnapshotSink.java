package io.faraddb.engine.snapshot;

/** Takes what a partition's file holds, in the order it was written. */
public interface SnapshotSink {

    /** The rows that follow are this table's; there may be none. */
    void table(int oid, long lastWriteVersion);

    /** The next row of the table, in the order of keys; the arrays are the sink's to keep. */
    void row(byte[] key, long version, byte[] row);

    void section(String name, byte[] bytes);
}
