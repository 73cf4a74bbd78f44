package io.faraddb.engine.log;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.DiskFullException;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.time.TimeSource;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a node that keeps one copy of its partitions: all of them write to one file at a time,
 * with one stream of syncs. See {@link Segment} and {@link LogRecord} for the format, {@link
 * LogRecovery} for what happens at open, {@link LogWriter} for what happens afterwards.
 */
public final class LocalLogStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalLogStore.class);

    private final Disk disk;
    private final LogStats stats = new LogStats();
    private final AppendQueue queue;
    private final SegmentSupply supply;
    private final List<Segment> segmentsAtOpen;
    private final ConcurrentNavigableMap<Integer, LocalLog> logs = new ConcurrentSkipListMap<>();
    private final Deque<Segment> sealed = new ArrayDeque<>();
    private final Thread writer;
    private boolean closed;

    /**
     * Opens the log of a directory, or begins a new one.
     *
     * @throws SqlException DATA_CORRUPTED with the file and the place, DISK_FULL or IO_ERROR
     */
    public static LocalLogStore open(Disk disk, LocalLogSettings settings, TimeSource time) {
        try {
            return new LocalLogStore(disk, settings, time, LogRecovery.recover(disk));
        } catch (DiskFullException e) {
            throw new SqlException(ErrorCode.DISK_FULL, "There is no room for the log in " + disk)
                    .detail(String.valueOf(e.getMessage()))
                    .hint("A log needs two segments of " + settings.segmentBytes() + " bytes.");
        } catch (IOException e) {
            throw new SqlException(ErrorCode.IO_ERROR, "The log in " + disk + " can't be opened")
                    .detail(String.valueOf(e));
        }
    }

    private LocalLogStore(
            Disk disk, LocalLogSettings settings, TimeSource time, LogRecovery.Result found)
            throws IOException {
        this.disk = disk;
        this.queue = new AppendQueue(settings.queuedAppendsMax(), settings.queuedBytesMax());
        this.segmentsAtOpen = found.segments();
        SegmentWriter segments;
        if (found.segments().isEmpty()) {
            supply = new SegmentSupply(disk, settings.segmentBytes(), null, 1);
            Segment first = takeFirst();
            supply.prepare(2);
            segments = new SegmentWriter(first, Segment.HEADER_BYTES, time, stats);
        } else {
            Segment last = found.segments().getLast();
            supply =
                    new SegmentSupply(
                            disk, settings.segmentBytes(), found.prepared(), last.sequence + 1);
            segments = new SegmentWriter(last, found.end(), time, stats);
        }
        for (Map.Entry<Integer, PartitionEntries> entry : found.partitions().entrySet()) {
            int id = entry.getKey();
            logs.put(id, new LocalLog(id, this, queue, entry.getValue()));
        }
        int sealedAtOpen = Math.max(0, found.segments().size() - 1);
        LogWriter task =
                new LogWriter(
                        new LogWriter.Parts(queue, segments, supply, settings, time, stats),
                        logs.values(),
                        this::addSealed,
                        found.segments().subList(0, sealedAtOpen));
        writer = Thread.ofPlatform().daemon().name("farad-log-writer").start(task);
    }

    private Segment takeFirst() throws IOException {
        boolean taken = false;
        try {
            Segment first = supply.take(1, 0);
            taken = true;
            return first;
        } finally {
            if (!taken) {
                supply.close();
            }
        }
    }

    /**
     * A partition's log; always the same one for an id.
     *
     * @param id any number; negative ones are for what is not a partition of rows
     */
    public PartitionLog partition(int id) {
        return logs.computeIfAbsent(
                id, absent -> new LocalLog(id, this, queue, new PartitionEntries()));
    }

    /** Voids all entries of a partition that is not kept here any more, and closes its log. */
    public void forget(int id) {
        LocalLog log = logs.get(id);
        if (log != null) {
            log.forget();
            logs.remove(id);
            reclaim();
        }
    }

    public LogStats stats() {
        return stats;
    }

    /** Appends that wait for the writer now. */
    public int queuedAppends() {
        return queue.size();
    }

    /** Closes all partitions' logs, after what was appended is written. */
    @Override
    public void close() {
        synchronized (sealed) {
            if (closed) {
                return;
            }
            closed = true;
        }
        logs.values().forEach(LocalLog::close);
        queue.close(new SqlException(ErrorCode.CANNOT_CONNECT_NOW, "The log is closed"));
        join(writer);
        supply.close();
        synchronized (sealed) {
            sealed.forEach(LocalLogStore::closeQuietly);
            sealed.clear();
        }
    }

    private static void closeQuietly(Segment segment) {
        try {
            segment.file.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("A log segment could not be closed");
        }
    }

    boolean isWriter() {
        return Thread.currentThread() == writer;
    }

    /** Waits for a thread to end, whatever interrupts. */
    void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** An entry that was there at open, checked once more. */
    LogRecord.Entry read(EntryReader reader, int partition, PartitionEntries entries, long index)
            throws IOException {
        Segment segment = segmentsAtOpen.get(entries.segmentOf(index));
        int offset = entries.offsetOf(index);
        LogRecord.Entry entry = reader.read(segment, offset);
        if (entry == null || entry.position().index() != index) {
            throw LogDamage.at(
                    disk,
                    segment.name(),
                    offset,
                    "entry " + index + " of partition " + partition + " reads differently now");
        }
        return entry;
    }

    private void addSealed(Segment segment) {
        synchronized (sealed) {
            sealed.add(segment);
        }
        reclaim();
    }

    /** Removes the oldest segments as far as no partition needs them. */
    void reclaim() {
        synchronized (sealed) {
            if (!closed) {
                supply.execute(this::reclaimNow);
            }
        }
    }

    private void reclaimNow() {
        while (true) {
            Segment oldest;
            synchronized (sealed) {
                oldest = sealed.peek();
                if (oldest == null || closed || !isCovered(oldest)) {
                    return;
                }
                sealed.remove();
            }
            try {
                supply.recycle(oldest);
                stats.reclaimed();
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("Log segment {} could not be freed", oldest.name());
                synchronized (sealed) {
                    sealed.addFirst(oldest);
                }
                return;
            }
        }
    }

    private boolean isCovered(Segment segment) {
        return segment.lastIndexes.entrySet().stream()
                .allMatch(last -> {
                    LocalLog log = logs.get(last.getKey());
                    return log == null || log.covers(segment, last.getValue());
                });
    }
}
