package io.faraddb.engine.storage;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction does to the rows of one partition. Immutable.
 *
 * <pre>
 * u32  changes
 * for each change:
 *   u8   kind: 1 put, 2 delete, 3 truncate
 *   i32  oid of the table
 *   u16  length of the key, key     (kinds 1 and 2)
 *   i32  length of the row, row     (kind 1)
 * </pre>
 */
public final class Changes {

    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int TRUNCATE = 3;

    private final List<Change> changes;
    private final int encodedLength;

    /**
     * One row's change.
     *
     * @param key null to truncate the table
     * @param row null to delete
     */
    record Change(int table, byte @Nullable [] key, byte @Nullable [] row) {

        int encodedLength() {
            return 5 + (key == null ? 0 : 2 + key.length) + (row == null ? 0 : 4 + row.length);
        }
    }

    private Changes(List<Change> changes) {
        this.changes = changes;
        long length = 4;
        for (Change change : changes) {
            length += change.encodedLength();
        }
        if (length > Integer.MAX_VALUE) {
            throw new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "a transaction that writes more than 2 GiB in a partition is not"
                                    + " supported")
                    .hint("Write in several transactions.");
        }
        this.encodedLength = (int) length;
    }

    /** Truncates come first in a table's changes. */
    static Changes of(List<Change> changes) {
        return new Changes(List.copyOf(changes));
    }

    List<Change> list() {
        return changes;
    }

    public int size() {
        return changes.size();
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public int encodedLength() {
        return encodedLength;
    }

    public void encode(ByteBuffer buffer) {
        buffer.putInt(changes.size());
        for (Change change : changes) {
            byte[] key = change.key();
            byte[] row = change.row();
            if (key == null) {
                buffer.put((byte) TRUNCATE).putInt(change.table());
                continue;
            }
            buffer.put((byte) (row == null ? DELETE : PUT)).putInt(change.table());
            buffer.putShort((short) key.length).put(key);
            if (row != null) {
                buffer.putInt(row.length).put(row);
            }
        }
    }

    /**
     * @throws SqlException DATA_CORRUPTED if these are not the bytes of changes
     */
    public static Changes decode(ByteBuffer buffer) {
        int count = buffer.getInt();
        List<Change> changes = new ArrayList<>(Math.min(count, buffer.remaining()));
        for (int i = 0; i < count; i++) {
            int kind = buffer.get();
            int table = buffer.getInt();
            changes.add(
                    switch (kind) {
                        case PUT -> {
                            byte[] key = bytes(buffer, buffer.getShort() & 0xFFFF);
                            yield new Change(table, key, bytes(buffer, buffer.getInt()));
                        }
                        case DELETE ->
                                new Change(table, bytes(buffer, buffer.getShort() & 0xFFFF), null);
                        case TRUNCATE -> new Change(table, null, null);
                        default ->
                                throw new SqlException(
                                        ErrorCode.DATA_CORRUPTED,
                                        "a row change of unknown kind " + kind);
                    });
        }
        return new Changes(changes);
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    /** The same changes in parts of about so many bytes, in order. */
    public List<Changes> split(int bytes) {
        List<Changes> parts = new ArrayList<>();
        List<Change> part = new ArrayList<>();
        long length = 0;
        for (Change change : changes) {
            part.add(change);
            length += change.encodedLength();
            if (length >= bytes) {
                parts.add(new Changes(List.copyOf(part)));
                part.clear();
                length = 0;
            }
        }
        if (!part.isEmpty() || parts.isEmpty()) {
            parts.add(new Changes(List.copyOf(part)));
        }
        return parts;
    }

    /** Parts put together again. */
    public static Changes join(List<Changes> parts) {
        List<Change> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.changes));
        return new Changes(all);
    }
}
