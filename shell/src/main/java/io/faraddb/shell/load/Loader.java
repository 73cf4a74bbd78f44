package io.faraddb.shell.load;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Gets all batches of a source into a table, over several connections. */
public final class Loader {

    private static final int QUEUED_PER_WRITER = 2;
    private static final long TICK_MILLIS = 100;

    private final RowTarget.Opener opener;
    private final LoadSettings settings;
    private final RejectedRows rejected;
    private final LoadProgress progress;
    private final AtomicLong loaded = new AtomicLong();
    private final BlockingQueue<Batch> queue;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean sourceEnded;

    /**
     * @param opener is asked once for each of the settings' connections
     */
    public Loader(
            RowTarget.Opener opener,
            LoadSettings settings,
            RejectedRows rejected,
            LoadProgress progress) {
        this.opener = opener;
        this.settings = settings;
        this.rejected = rejected;
        this.progress = progress;
        this.queue = new ArrayBlockingQueue<>(QUEUED_PER_WRITER * settings.parallel());
    }

    /** Rows that are in the table now and were not before. */
    public long loaded() {
        return loaded.get();
    }

    /** Loads until the source or the patience with rejected rows ends. */
    public void load(BatchSource source) throws Exception {
        List<Thread> writers = new ArrayList<>();
        try {
            for (int i = 0; i < settings.parallel(); i++) {
                RowTarget target = opener.open();
                writers.add(Thread.ofPlatform().name("load-" + i).start(() -> writeAll(target)));
            }
            Batch batch = source.next();
            while (batch != null && failure.get() == null) {
                while (!queue.offer(batch, TICK_MILLIS, TimeUnit.MILLISECONDS)
                        && failure.get() == null) {
                    tick();
                }
                tick();
                batch = source.next();
            }
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        } finally {
            sourceEnded = true;
            for (Thread writer : writers) {
                while (!writer.join(Duration.ofMillis(TICK_MILLIS))) {
                    tick();
                }
            }
        }
        Exception first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private void tick() {
        progress.at(loaded.get(), rejected.count());
    }

    private void writeAll(RowTarget target) {
        try (target) {
            BatchWriter writer = new BatchWriter(target, rejected, loaded);
            while (failure.get() == null) {
                boolean last = sourceEnded;
                Batch batch = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                if (batch != null) {
                    writer.write(batch);
                } else if (last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.compareAndSet(null, e);
        } catch (SQLException | IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }
}
