package io.faraddb.engine.site;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.storage.Changes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a log entry.
 *
 * <pre>
 * u8   format, 1
 * u16  records
 * for each record:
 *   u8  kind: 1 committed, 2 prepared, 3 decided commit, 4 decided abort, 5 forgotten,
 *       6 part of a prepared
 *   i64 transaction              (kinds 2 to 6)
 *   u16 participants, i32 each   (kind 2)
 *   changes                      (kinds 1, 2 and 6), as {@link Changes} lays them out
 * </pre>
 */
final class EntryCodec {

    private static final int FORMAT = 1;
    private static final int COMMITTED = 1;
    private static final int PREPARED = 2;
    private static final int DECIDED_COMMIT = 3;
    private static final int DECIDED_ABORT = 4;
    private static final int FORGOTTEN = 5;
    private static final int PREPARED_PART = 6;

    /** Records of one entry: the ordinal has 16 bits in a row's version. */
    static final int RECORDS_MAX = 0xFFFF;

    private EntryCodec() {}

    static byte[] encode(List<LogRecord> records) {
        int size = 3;
        for (LogRecord entry : records) {
            size += sizeOf(entry);
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        buffer.put((byte) FORMAT).putShort((short) records.size());
        for (LogRecord entry : records) {
            put(entry, buffer);
        }
        return buffer.array();
    }

    static int sizeOf(LogRecord entry) {
        return switch (entry) {
            case LogRecord.Committed committed -> 1 + committed.changes().encodedLength();
            case LogRecord.Prepared prepared ->
                    11 + 4 * prepared.participants().length + prepared.changes().encodedLength();
            case LogRecord.PreparedPart part -> 9 + part.changes().encodedLength();
            case LogRecord.Decided decided -> 9;
            case LogRecord.Forgotten forgotten -> 9;
        };
    }

    private static void put(LogRecord entry, ByteBuffer buffer) {
        switch (entry) {
            case LogRecord.Committed committed -> {
                buffer.put((byte) COMMITTED);
                committed.changes().encode(buffer);
            }
            case LogRecord.Prepared prepared -> {
                buffer.put((byte) PREPARED).putLong(prepared.transaction());
                buffer.putShort((short) prepared.participants().length);
                for (int participant : prepared.participants()) {
                    buffer.putInt(participant);
                }
                prepared.changes().encode(buffer);
            }
            case LogRecord.PreparedPart part -> {
                buffer.put((byte) PREPARED_PART).putLong(part.transaction());
                part.changes().encode(buffer);
            }
            case LogRecord.Decided decided ->
                    buffer.put((byte) (decided.commit() ? DECIDED_COMMIT : DECIDED_ABORT))
                            .putLong(decided.transaction());
            case LogRecord.Forgotten forgotten ->
                    buffer.put((byte) FORGOTTEN).putLong(forgotten.transaction());
        }
    }

    /**
     * @throws SqlException DATA_CORRUPTED if these are not the bytes of an entry
     */
    static List<LogRecord> decode(byte[] entry) {
        ByteBuffer buffer = ByteBuffer.wrap(entry);
        int format = buffer.get();
        if (format != FORMAT) {
            throw new SqlException(
                            ErrorCode.DATA_CORRUPTED, "a log entry of unknown format " + format)
                    .hint("It was written by a newer release: start that one.");
        }
        int count = buffer.getShort() & 0xFFFF;
        List<LogRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(get(buffer));
        }
        return records;
    }

    private static LogRecord get(ByteBuffer buffer) {
        int kind = buffer.get();
        return switch (kind) {
            case COMMITTED -> new LogRecord.Committed(Changes.decode(buffer));
            case PREPARED -> {
                long transaction = buffer.getLong();
                int[] participants = new int[buffer.getShort() & 0xFFFF];
                for (int i = 0; i < participants.length; i++) {
                    participants[i] = buffer.getInt();
                }
                yield new LogRecord.Prepared(transaction, participants, Changes.decode(buffer));
            }
            case PREPARED_PART ->
                    new LogRecord.PreparedPart(buffer.getLong(), Changes.decode(buffer));
            case DECIDED_COMMIT -> new LogRecord.Decided(buffer.getLong(), true);
            case DECIDED_ABORT -> new LogRecord.Decided(buffer.getLong(), false);
            case FORGOTTEN -> new LogRecord.Forgotten(buffer.getLong());
            default ->
                    throw new SqlException(
                            ErrorCode.DATA_CORRUPTED, "a log record of unknown kind " + kind);
        };
    }
}
