package io.faraddb.engine.log;

import io.faraddb.engine.disk.DiskFullException;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.SegmentWriter.SyncFailedException;
import io.faraddb.engine.time.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes. It takes what waits as one batch, writes it, syncs it and hands it out;
 * meanwhile the next batch gathers.
 *
 * <p>When writing fails, what the batch left in the segment is wiped before anybody is told, so
 * that it can't be replayed; the appends have failed and the log goes on. When a sync or the wiping
 * fails, nobody knows what is durable: the log ends.
 */
final class LogWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private final AppendQueue queue;
    private final SegmentWriter segments;
    private final SegmentSupply supply;
    private final LocalLogSettings settings;
    private final TimeSource time;
    private final LogStats stats;
    private final FullDiskReport fullDisk;
    private final Collection<LocalLog> logs;
    private final Consumer<Segment> sealed;
    private final List<Segment> sealedBeforeBase;
    private final List<Append> accepted = new ArrayList<>();
    private final Segment segmentAtOpen;
    private final int endAtOpen;
    private @Nullable IOException supplyFailure;
    private long lastSyncNanos;

    /** What the writer works with. */
    record Parts(
            AppendQueue queue,
            SegmentWriter segments,
            SegmentSupply supply,
            LocalLogSettings settings,
            TimeSource time,
            LogStats stats) {}

    /**
     * @param logs all partitions that the log knows, in order; may grow
     * @param sealed takes segments that may be forgotten once their entries are not needed
     * @param sealedAtOpen those that are there already
     */
    LogWriter(
            Parts parts,
            Collection<LocalLog> logs,
            Consumer<Segment> sealed,
            List<Segment> sealedAtOpen) {
        this.queue = parts.queue();
        this.segments = parts.segments();
        this.supply = parts.supply();
        this.settings = parts.settings();
        this.time = parts.time();
        this.stats = parts.stats();
        this.fullDisk = new FullDiskReport(time);
        this.logs = logs;
        this.sealed = sealed;
        this.sealedBeforeBase = new ArrayList<>(sealedAtOpen);
        this.segmentAtOpen = segments.segment();
        this.endAtOpen = segments.offset();
        this.lastSyncNanos = time.nanoTime();
    }

    @Override
    public void run() {
        List<Append> batch = new ArrayList<>();
        try {
            publishSealed();
            while (queue.take(batch, nanosToNextSync())) {
                if (!batch.isEmpty()) {
                    write(batch);
                    batch.clear();
                }
                syncIfDue();
            }
            finish();
        } catch (Throwable e) {
            fail(batch, e);
        } finally {
            closeSegment();
        }
    }

    private void write(List<Append> batch) throws IOException {
        supplyFailure = null;
        segments.mark();
        for (Append append : batch) {
            try {
                accept(append);
            } catch (SyncFailedException e) {
                throw e;
            } catch (IOException e) {
                undo(e);
                refuse(append, refusal(e));
            }
        }
        try {
            commit();
        } catch (SyncFailedException e) {
            throw e;
        } catch (IOException e) {
            undo(e);
            commit();
        }
    }

    private void accept(Append append) throws IOException {
        LocalLog log = append.log();
        switch (append.kind()) {
            case START, STOP -> accepted.add(append);
            case JUMP -> add(append, LogRecord.Kind.JUMP);
            case ENTRY -> {
                SqlException refusal = log.refusalOf(append.position().index());
                if (refusal != null) {
                    refuse(append, refusal);
                } else {
                    add(append, LogRecord.Kind.ENTRY);
                }
            }
        }
    }

    private void add(Append append, LogRecord.Kind kind) throws IOException {
        int length = append.entry().length;
        writeBase();
        if (!segments.fits(length, append.urgent())) {
            Segment next = nextSegment(length);
            if (next == null) {
                refuse(append, refusal(supplyFailure));
                return;
            }
            roll(next);
        }
        segments.add(kind, append.log().partition(), append.position(), append.entry());
        if (kind == LogRecord.Kind.ENTRY) {
            append.log().appended(append.position(), segments.segment().sequence);
        }
        accepted.add(append);
    }

    /** Null, and a failure noted, when there is none; it is asked for once per batch. */
    private @Nullable Segment nextSegment(int length) {
        if (supplyFailure != null) {
            return null;
        }
        long bytesMin =
                Segment.HEADER_BYTES
                        + (long) logs.size() * LogRecord.HEADER_BYTES
                        + LogRecord.bytesFor(length)
                        + Segment.TRAILER_BYTES;
        try {
            return supply.take(segments.segment().sequence + 1, bytesMin);
        } catch (IOException e) {
            if (!(e instanceof DiskFullException)) {
                LOG.atWarn().setCause(e).log("No next log segment could be prepared");
            }
            supplyFailure = e;
            return null;
        }
    }

    /**
     * Seals the segment, durably, before anything is written to the next one. What is delivered
     * here must not yet find the sealed segment among those that may go.
     */
    private void roll(Segment next) throws IOException {
        segments.add(LogRecord.Kind.SEAL, 0, LogPosition.START);
        segments.flush();
        sync();
        deliver();
        Segment full = segments.segment();
        for (LocalLog log : logs) {
            log.noteLastIn(full);
        }
        sealedBeforeBase.add(full);
        stats.sealed();
        segments.switchTo(next);
        supply.prepare(next.sequence + 1);
        writeBase();
    }

    /** Writes where each partition stands at the start of a segment, once. */
    private void writeBase() throws IOException {
        if (!segments.isEmpty()) {
            return;
        }
        for (LocalLog log : logs) {
            if (log.last().index() > 0) {
                segments.add(LogRecord.Kind.BASE, log.partition(), log.last());
            }
        }
        segments.flush();
        sync();
        segments.mark();
        publishSealed();
    }

    /** A segment may go once the one after it says durably where the partitions stand. */
    private void publishSealed() {
        if (segments.syncedThrough() > Segment.HEADER_BYTES) {
            sealedBeforeBase.forEach(sealed);
            sealedBeforeBase.clear();
        }
    }

    private void commit() throws IOException {
        segments.flush();
        if (settings.durability() == Durability.SYNC) {
            sync();
        }
        deliver();
    }

    private void deliver() {
        int entries = 0;
        for (Append append : accepted) {
            append.log().deliver(append, segments.segment().sequence);
            entries += append.kind() == Append.Kind.ENTRY ? 1 : 0;
        }
        if (entries > 0) {
            stats.committed(entries);
            fullDisk.committed();
        }
        accepted.clear();
        segments.mark();
        publishSealed();
    }

    private void undo(IOException cause) throws IOException {
        if (!(cause instanceof DiskFullException)) {
            LOG.atWarn().setCause(cause).log("A batch could not be written to the log");
        }
        segments.wipe();
        List<Append> undone = new ArrayList<>(accepted);
        accepted.clear();
        for (Append append : undone) {
            switch (append.kind()) {
                case START, STOP -> accepted.add(append);
                case JUMP -> refuse(append, refusal(cause));
                case ENTRY -> {
                    append.log().undo(append.position().index());
                    refuse(append, refusal(cause));
                }
            }
        }
    }

    private void refuse(Append append, SqlException refusal) {
        stats.refused();
        append.log().refused(refusal);
        append.done().completeExceptionally(refusal);
    }

    private SqlException refusal(@Nullable IOException cause) {
        if (cause instanceof DiskFullException) {
            String reason = String.valueOf(cause.getMessage());
            stats.diskFull(true);
            fullDisk.refused(reason);
            return new SqlException(ErrorCode.DISK_FULL, "the disk of the log is full")
                    .detail(reason)
                    .hint("Nothing was changed. Make room and try again.");
        }
        return new SqlException(ErrorCode.IO_ERROR, "the log could not be written")
                .detail(String.valueOf(cause));
    }

    private void sync() throws SyncFailedException {
        segments.sync();
        lastSyncNanos = time.nanoTime();
    }

    private long nanosToNextSync() {
        boolean waits = settings.durability() == Durability.INTERVAL;
        if (!waits || segments.syncedThrough() == segments.offset()) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, settings.syncInterval().toNanos() - (time.nanoTime() - lastSyncNanos));
    }

    private void syncIfDue() throws SyncFailedException {
        if (nanosToNextSync() == 0) {
            sync();
        }
    }

    /** Says that the log ends in order, and that all before this was durable. */
    private void finish() {
        try {
            if (segments.segment() != segmentAtOpen || segments.offset() != endAtOpen) {
                segments.flush();
                segments.sync();
                segments.add(LogRecord.Kind.CLOSE, 0, LogPosition.START);
                segments.flush();
                segments.sync();
            }
        } catch (IOException e) {
            LOG.atError().setCause(e).log("The log could not be closed in order");
        }
    }

    private void closeSegment() {
        try {
            segments.segment().file.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("A log segment could not be closed");
        }
    }

    private void fail(List<Append> batch, Throwable cause) {
        LOG.atError().setCause(cause).log("The log has failed and takes no more appends");
        SqlException ended =
                new SqlException(ErrorCode.IO_ERROR, "The log of this node has failed")
                        .detail(String.valueOf(cause))
                        .hint("Check the disk, then restart the node.");
        SqlException unknown =
                new SqlException(
                                ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN,
                                "The log failed while this was written: its outcome is unknown")
                        .detail(String.valueOf(cause));
        queue.close(ended);
        for (Append append : accepted) {
            stats.refused();
            append.done().completeExceptionally(unknown);
        }
        do {
            for (Append append : batch) {
                append.done().completeExceptionally(ended);
            }
            batch.clear();
        } while (queue.poll(batch));
        for (LocalLog log : logs) {
            log.fail(ended);
        }
    }
}
