package io.faraddb.engine.storage;

import java.util.Arrays;

/**
 * Where a row lies: a short-lived view into a page, filled by a look-up. On a live tree it is valid
 * until the tree's owner writes next; on a snapshot, for ever.
 */
public final class RowCursor {

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int offset;
    private int length;
    private long version;

    /** The array that holds the row; not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /**
     * The version of a table's row, {@link Versions#UNCOMMITTED} for one that has none yet; of no
     * meaning for other values.
     */
    public long version() {
        return version;
    }

    /** The row in an array of its own. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    void point(byte[] newBytes, int newOffset, int newLength) {
        bytes = newBytes;
        offset = newOffset;
        length = newLength;
    }

    void point(byte[] newBytes, int newOffset, int newLength, long newVersion) {
        point(newBytes, newOffset, newLength);
        version = newVersion;
    }

    /** Takes the version off the front of a table's value. */
    void splitVersion() {
        version = (long) KeyOrder.LONG.get(bytes, offset);
        offset += Long.BYTES;
        length -= Long.BYTES;
    }
}
