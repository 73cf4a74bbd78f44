package io.faraddb.engine.log;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the next segment ahead and takes back those that are not needed any more, on a thread of
 * its own: a segment is allocated, zeroed and synced before the writer sees it, since syncs of a
 * file that grows cost ten times more. One segment is always ready, as a reserve too: when the disk
 * is full, the log has that much left.
 */
final class SegmentSupply implements AutoCloseable {

    /** Freed segments that are kept for use again. */
    static final int SPARES_MAX = 1;

    private static final Logger LOG = LoggerFactory.getLogger(SegmentSupply.class);
    private static final String NEW_PREFIX = "new-";
    private static final String SPARE_PREFIX = "spare-";
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(Disk.STEP_BYTES).asReadOnlyBuffer();

    private final Disk disk;
    private final int segmentBytes;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("farad-log-prepare").factory());
    private final Deque<String> spares = new ArrayDeque<>(); // worker only
    private Future<Segment> next; // writer only

    /**
     * @param prepared the next segment, if it is there
     * @param sequence of the next segment
     */
    SegmentSupply(Disk disk, int segmentBytes, @Nullable Segment prepared, long sequence) {
        this.disk = disk;
        this.segmentBytes = segmentBytes;
        this.next =
                prepared == null
                        ? worker.submit(preparation(sequence, segmentBytes))
                        : worker.submit(() -> prepared);
    }

    /** Whether a file is the remains of a preparation or a spare one of an earlier run. */
    static boolean isLeftOver(String name) {
        return name.startsWith(NEW_PREFIX) || name.startsWith(SPARE_PREFIX);
    }

    /** Begins to prepare the segment after the one taken. */
    void prepare(long sequence) {
        next = worker.submit(preparation(sequence, segmentBytes));
    }

    /**
     * The next segment, the same one until {@link #prepare} is called. When it could not be
     * prepared this tries once more, for there may be room now.
     *
     * @param bytesMin what it must hold
     */
    Segment take(long sequence, long bytesMin) throws IOException {
        Segment segment;
        try {
            segment = await(next);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("The next log segment is tried once more");
            prepare(sequence);
            segment = await(next);
        }
        if (segment.size < bytesMin) {
            int size = Math.toIntExact((bytesMin + 4095) & -4096);
            Future<Segment> larger = worker.submit(preparation(sequence, size));
            Segment replacement = await(larger);
            segment.file.close();
            next = larger;
            segment = replacement;
        }
        return segment;
    }

    /** Runs something on the thread that prepares. */
    void execute(Runnable task) {
        worker.execute(task);
    }

    /** Takes a segment out of the log, which begins after it from now on. On the worker only. */
    void recycle(Segment segment) throws IOException {
        segment.file.close();
        if (segment.size == segmentBytes && spares.size() < SPARES_MAX) {
            String spare = SPARE_PREFIX + segment.sequence;
            disk.rename(segment.name(), spare);
            disk.sync();
            spares.add(spare);
        } else {
            disk.delete(segment.name());
            disk.sync();
        }
    }

    /** Waits for what is under way; closes the segment that was not taken. */
    @Override
    public void close() {
        worker.close();
        try {
            await(next).file.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("There was no prepared log segment to close");
        }
    }

    private Callable<Segment> preparation(long sequence, int size) {
        return () -> {
            String spare = size == segmentBytes ? spares.poll() : null;
            String name = spare == null ? NEW_PREFIX + sequence : spare;
            DiskFile file = spare == null ? createZeroed(name, size) : disk.open(name);
            try {
                Segment.writeHeader(file, sequence, size);
                file.sync();
                disk.rename(name, Segment.nameOf(sequence));
                disk.sync();
                return new Segment(sequence, size, file);
            } catch (IOException e) {
                throw discard(name, file, e);
            }
        };
    }

    private DiskFile createZeroed(String name, int size) throws IOException {
        disk.delete(name);
        DiskFile file = disk.create(name);
        try {
            for (int from = 0; from < size; from += Disk.STEP_BYTES) {
                zero(file, from, Math.min(from + Disk.STEP_BYTES, size));
                file.sync();
            }
            return file;
        } catch (IOException e) {
            throw discard(name, file, e);
        }
    }

    /** Gives the room back. */
    private IOException discard(String name, DiskFile file, IOException cause) {
        try (file) {
            disk.delete(name);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    /** Writes zeros. */
    static void zero(DiskFile file, int from, int to) throws IOException {
        for (int at = from; at < to; at += ZEROS.capacity()) {
            file.writeFully(ZEROS.slice(0, Math.min(ZEROS.capacity(), to - at)), at);
        }
    }

    private static Segment await(Future<Segment> future) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof IOException failure) {
                        throw failure;
                    }
                    throw new IllegalStateException("A segment was not prepared", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
