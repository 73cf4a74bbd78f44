package io.faraddb.engine.log;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log's segments when it is opened, in order. The log ends at the first record that is not
 * good, in a segment that is not sealed. What stands behind may be the rest of a batch that was
 * being written when the node ended, and is wiped. But if anything behind proves that the bad place
 * had been durable, then the disk has lost what it had, and the log is refused.
 */
final class LogRecovery {

    private final Disk disk;
    private final List<Segment> segments = new ArrayList<>();
    private final Map<Integer, PartitionEntries> partitions = new TreeMap<>();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int current;
    private int end;
    private long synced;
    private boolean basesOnly;
    private int sealedEnd;
    private long sealedSynced;

    private LogRecovery(Disk disk) {
        this.disk = disk;
    }

    /**
     * What was found.
     *
     * @param segments in order; the last one is the one to go on in. None in a new log
     * @param end where the next record goes
     * @param prepared the segment after the last one, empty, if it is there
     */
    record Result(
            List<Segment> segments,
            int end,
            @Nullable Segment prepared,
            Map<Integer, PartitionEntries> partitions) {}

    static Result recover(Disk disk) throws IOException {
        LogRecovery recovery = new LogRecovery(disk);
        boolean recovered = false;
        try {
            recovery.openSegments();
            Result result = recovery.result();
            recovered = true;
            return result;
        } finally {
            if (!recovered) {
                recovery.closeAll();
            }
        }
    }

    private void closeAll() throws IOException {
        for (Segment segment : segments) {
            segment.file.close();
        }
    }

    /**
     * Names are made durable first: a process that was killed may have left a segment in the
     * system's cache alone, and what is written to it from now on is acknowledged.
     */
    private void openSegments() throws IOException {
        List<Long> sequences = new ArrayList<>();
        for (String name : disk.list()) {
            if (SegmentSupply.isLeftOver(name)) {
                disk.delete(name);
            } else if (Segment.sequenceOf(name) > 0) {
                sequences.add(Segment.sequenceOf(name));
            }
        }
        disk.sync();
        sequences.sort(null);
        for (int i = 0; i < sequences.size(); i++) {
            long expected = sequences.get(0) + i;
            if (sequences.get(i) != expected) {
                throw LogDamage.missing(disk, Segment.nameOf(expected));
            }
            segments.add(Segment.open(disk, expected));
        }
    }

    private void scanAll() throws IOException {
        boolean sealed = true;
        for (current = 0; sealed; current++) {
            if (current == segments.size()) {
                long last = segments.get(current - 1).sequence;
                throw LogDamage.missing(disk, Segment.nameOf(last + 1));
            }
            sealedEnd = end;
            sealedSynced = synced;
            sealed = scan(segments.get(current));
        }
        current--;
        Segment last = segments.get(current);
        if (end == Segment.HEADER_BYTES && current == 0 && last.sequence > 1) {
            throw LogDamage.missing(disk, Segment.nameOf(last.sequence - 1));
        }
        refuseIfProven(last, end, end);
        for (Segment later : segments.subList(current + 1, segments.size())) {
            read(later);
            refuseIfProven(later, Segment.HEADER_BYTES - 8, -1);
        }
        if (basesOnly && current > 0) {
            // Perhaps not of all partitions. Those before say it too, so all are written anew.
            end = Segment.HEADER_BYTES;
            synced = end;
        }
    }

    /**
     * @return whether the segment is sealed
     */
    private boolean scan(Segment segment) throws IOException {
        read(segment);
        end = Segment.HEADER_BYTES;
        synced = end;
        basesOnly = true;
        while (true) {
            LogRecord found = LogRecord.parse(bytes, end, segment.sequence);
            if (found == null) {
                return false;
            }
            take(segment, found);
            basesOnly &= found.kind() == LogRecord.Kind.BASE;
            end = found.end();
            synced = Math.max(synced, found.syncedThrough());
            if (found.kind() == LogRecord.Kind.SEAL) {
                return true;
            }
        }
    }

    private void take(Segment segment, LogRecord found) {
        PartitionEntries known = partitions.get(found.partition());
        switch (found.kind()) {
            case ENTRY -> {
                PartitionEntries entries =
                        partitions.computeIfAbsent(found.partition(), id -> new PartitionEntries());
                requireNext(segment, found, entries.last().index() + 1);
                entries.add(found, current);
                segment.lastIndexes.put(found.partition(), found.index());
            }
            case BASE -> {
                if (known != null) {
                    requireNext(segment, found, known.last().index());
                } else if (current > 0) {
                    requireNext(segment, found, 0);
                } else {
                    begin(found, 0);
                }
            }
            case JUMP -> begin(found, segment.sequence);
            case SEAL, CLOSE -> {}
        }
    }

    private void begin(LogRecord found, long voidBefore) {
        partitions
                .computeIfAbsent(found.partition(), id -> new PartitionEntries())
                .beginAfter(found.index(), found.term(), voidBefore);
    }

    private void requireNext(Segment segment, LogRecord found, long expected) {
        if (found.index() != expected) {
            throw LogDamage.at(
                    disk,
                    segment.name(),
                    found.offset(),
                    "partition "
                            + found.partition()
                            + " should go on with index "
                            + expected
                            + ", and index "
                            + found.index()
                            + " follows");
        }
    }

    /** Looks behind a bad place for a good record that was written when that place was durable. */
    private void refuseIfProven(Segment segment, int badOffset, long provenBeyond) {
        for (int at = badOffset + 8; at + LogRecord.HEADER_BYTES <= segment.size; at += 8) {
            if (bytes.getLong(at + 8) != segment.sequence) {
                continue;
            }
            LogRecord found = LogRecord.parse(bytes, at, segment.sequence);
            if (found != null && found.syncedThrough() > provenBeyond) {
                throw LogDamage.at(
                        disk,
                        segments.get(current).name(),
                        end,
                        "the record there is not good, and a later one, at byte "
                                + at
                                + " of "
                                + segment.name()
                                + ", shows that it had been written whole");
            }
        }
    }

    /**
     * Makes durable what was found and removes what is behind. What is found may stand in the
     * system's cache alone, even after a sync that failed: so it is written again. The segment
     * before an empty one may have been sealed a moment ago.
     */
    private void heal() throws IOException {
        Segment last = segments.get(current);
        if (end == Segment.HEADER_BYTES && current > 0) {
            rewrite(segments.get(current - 1), sealedSynced, sealedEnd);
        }
        rewrite(last, synced, end);
        read(last);
        wipe(last.file, end, bytes);
        last.file.sync();
    }

    private static void rewrite(Segment segment, long from, int to) throws IOException {
        ByteBuffer found = ByteBuffer.allocate((int) (to - from));
        segment.file.readFully(found, from);
        segment.file.writeFully(found.flip(), from);
        segment.file.sync();
    }

    /** Zeros from an offset on, up to the last byte that is not zero yet. */
    private static void wipe(DiskFile file, int from, ByteBuffer bytes) throws IOException {
        int to = bytes.limit();
        while (to > from && bytes.get(to - 1) == 0) {
            to--;
        }
        SegmentSupply.zero(file, from, to);
    }

    private void read(Segment segment) throws IOException {
        if (bytes.capacity() < segment.size) {
            bytes = ByteBuffer.allocate(segment.size);
        }
        bytes.clear().limit(segment.size);
        segment.file.readFully(bytes, 0);
        bytes.clear().limit(segment.size);
    }

    private Result result() throws IOException {
        if (segments.isEmpty()) {
            return new Result(segments, 0, null, partitions);
        }
        scanAll();
        heal();
        Segment prepared = null;
        for (int i = segments.size() - 1; i > current; i--) {
            Segment empty = segments.remove(i);
            if (i == current + 1) {
                prepared = empty;
            } else {
                empty.file.close();
                disk.delete(empty.name());
                disk.sync();
            }
        }
        return new Result(segments, end, prepared, partitions);
    }
}
