package io.faraddb.engine.storage;

/** Rows of a range, in order, as one transaction sees them. */
public interface ScanCursor {

    /** Steps to the next row; false behind the last one. */
    boolean next();

    /** Where the row lies. */
    RowCursor row();

    byte[] primaryKey();
}
