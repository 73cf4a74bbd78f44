package io.faraddb.engine.replication;

import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the end of a group's log before Ratis opens it.
 *
 * <p>When a node dies while it writes, a record at the end of the file in use can be there in part,
 * with zeros behind it. Ratis takes that for damage and refuses the whole log. A record that is
 * there in part was not synced, so nobody was told that it is kept: it is cut off. If a record
 * behind it reads well and says that more was committed than stands before it, then something is
 * missing that was acknowledged: that is damage, and nothing is cut off.
 *
 * <p>And it sees to it that Ratis finds a segment in use. Of what Ratis reads again to replay it,
 * it forgets nothing before it closes a segment; it does that at once when the first record of a
 * new term comes and a segment is in use. Without one it would keep all of the log in memory.
 *
 * <pre>
 * file:   "RaftLog1", records, zeros to the end of what is preallocated
 * record: varint length n, n bytes (LogEntryProto), i32 CRC-32C of both
 * </pre>
 */
final class LogTail {

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
    private static final String OPEN_PREFIX = "log_inprogress_";
    private static final Pattern OPEN = Pattern.compile(OPEN_PREFIX + "(\\d+)");
    private static final long NONE = -1;
    private static final int CHECKSUM_BYTES = 4;

    /** Every LogEntryProto begins with its term, which is field 1, a varint. */
    private static final byte FIRST_TAG = 8;

    private final Path file;
    private final ByteBuffer content;
    private LogPosition lastEntry = LogPosition.START;
    private long lastRecord = NONE;
    private boolean damaged;
    private int end;

    /**
     * @param lastRecord as the name of a closed one says
     */
    private record SegmentFile(Path path, long firstRecord, long lastRecord) {

        boolean open() {
            return lastRecord == NONE;
        }
    }

    private LogTail(Path file, ByteBuffer content) {
        this.file = file;
        this.content = content;
    }

    /**
     * Cuts off what was not written to the end.
     *
     * @param directory of the group's segments
     * @param base the log begins after it
     * @return the last entry that is there
     * @throws SqlException DATA_CORRUPTED if what is damaged was acknowledged
     */
    static LogPosition mend(Path directory, LogPosition base) throws IOException {
        List<SegmentFile> segments = segments(directory);
        if (segments.isEmpty()) {
            return base;
        }
        LogTail newest = read(segments.getLast().path());
        LogPosition last = newest.lastEntry;
        for (int i = segments.size() - 2; i >= 0 && last.index() == 0; i--) {
            last = read(segments.get(i).path()).lastEntry;
        }
        if (last.index() < base.index()) {
            last = base;
        }
        if (segments.getLast().open() && newest.damaged) {
            newest.cutOff(last.index());
        }
        useLast(directory, segments, newest);
        return last;
    }

    /** The last segment with records is in use again, if it is whole. */
    private static void useLast(Path directory, List<SegmentFile> segments, LogTail newest)
            throws IOException {
        SegmentFile last = segments.getLast();
        LogTail tail = newest;
        if (last.open() && newest.lastRecord == NONE && segments.size() > 1) {
            Files.delete(last.path());
            last = segments.get(segments.size() - 2);
            tail = read(last.path());
        }
        boolean whole = !tail.damaged && tail.lastRecord == last.lastRecord();
        if (!last.open() && whole) {
            Files.move(
                    last.path(),
                    directory.resolve(OPEN_PREFIX + last.firstRecord()),
                    StandardCopyOption.ATOMIC_MOVE);
        }
        FileDisk.sync(directory);
    }

    private static List<SegmentFile> segments(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(LogTail::asSegment)
                    .filter(segment -> segment.firstRecord() >= 0)
                    .sorted(Comparator.comparingLong(SegmentFile::firstRecord))
                    .toList();
        }
    }

    private static SegmentFile asSegment(Path path) {
        String name = path.getFileName().toString();
        Matcher open = OPEN.matcher(name);
        if (open.matches()) {
            return new SegmentFile(path, Long.parseLong(open.group(1)), NONE);
        }
        Matcher closed = CLOSED.matcher(name);
        return closed.matches()
                ? new SegmentFile(
                        path, Long.parseLong(closed.group(1)), Long.parseLong(closed.group(2)))
                : new SegmentFile(path, NONE, NONE);
    }

    private static LogTail read(Path file) throws IOException {
        LogTail tail = new LogTail(file, ByteBuffer.wrap(Files.readAllBytes(file)));
        tail.scan();
        return tail;
    }

    private void scan() {
        end = HEADER.length;
        while (end < content.capacity() && content.get(end) != 0) {
            LogEntryProto found = recordAt(end);
            if (found == null) {
                damaged = true;
                return;
            }
            note(found);
            lastRecord = found.getIndex();
            end = endOfRecordAt(end);
        }
        damaged = !zerosFrom(end);
    }

    private boolean zerosFrom(int place) {
        for (int at = place; at < content.capacity(); at++) {
            if (content.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private void note(LogEntryProto found) {
        EntryPart part = partOf(found);
        if (part != null && part.last()) {
            lastEntry = new LogPosition(found.getTerm(), part.index());
        }
    }

    private static @Nullable EntryPart partOf(LogEntryProto found) {
        return found.hasStateMachineLogEntry()
                ? EntryPart.decode(
                        found.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer(),
                        found.getIndex())
                : null;
    }

    /** Null if there is no whole record. */
    private @Nullable LogEntryProto recordAt(int at) {
        int next = endOfRecordAt(at);
        if (next < 0) {
            return null;
        }
        int begin = at + lengthBytes(at);
        CRC32C checksum = new CRC32C();
        checksum.update(content.slice(at, next - CHECKSUM_BYTES - at));
        if (content.getInt(next - CHECKSUM_BYTES) != (int) checksum.getValue()) {
            return null;
        }
        try {
            return LogEntryProto.parseFrom(content.slice(begin, next - CHECKSUM_BYTES - begin));
        } catch (InvalidProtocolBufferException e) {
            LOG.atDebug().setCause(e).log("No record at byte {} of {}", at, file);
            return null;
        }
    }

    /** Where the next one would begin; negative if this one's length makes no sense. */
    private int endOfRecordAt(int at) {
        int lengthBytes = lengthBytes(at);
        if (lengthBytes == 0) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length |= (long) (content.get(at + i) & 0x7F) << (7 * i);
        }
        long next = at + lengthBytes + length + CHECKSUM_BYTES;
        return length > 0 && next <= content.capacity() ? (int) next : -1;
    }

    /** Zero if there is no varint of at most five bytes. */
    private int lengthBytes(int at) {
        for (int i = 0; i < 5 && at + i < content.capacity(); i++) {
            if (content.get(at + i) >= 0) {
                return i + 1;
            }
        }
        return 0;
    }

    private void cutOff(long lastIndex) throws IOException {
        if (committedSaidBehind(end) > lastIndex) {
            throw new SqlException(
                            ErrorCode.DATA_CORRUPTED,
                            "The log file " + file + " is damaged at byte " + end)
                    .hint(
                            "Nothing of it was replayed. Check the disk; put the file back from a"
                                    + " copy, or remove this replica and add it anew.");
        }
        LOG.atWarn().log("A record was written in part at byte {} of {}: cut off", end, file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.force(true);
        }
    }

    /** The most that a record behind a place, wherever it begins, says to be committed. */
    private long committedSaidBehind(int place) {
        long committed = 0;
        for (int at = place + 1; at < content.capacity(); at++) {
            int next = content.get(at) == 0 ? -1 : endOfRecordAt(at);
            if (next > 0 && content.get(at + lengthBytes(at)) == FIRST_TAG) {
                LogEntryProto found = recordAt(at);
                EntryPart part = found == null ? null : partOf(found);
                if (part != null) {
                    committed = Math.max(committed, part.committedThrough());
                    at = next - 1;
                }
            }
        }
        return committed;
    }
}
