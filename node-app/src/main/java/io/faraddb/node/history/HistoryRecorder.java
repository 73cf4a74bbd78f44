package io.faraddb.node.history;

import io.faraddb.console.cluster.Sample;
import io.faraddb.console.cluster.Sample.Live;
import io.faraddb.console.cluster.Window;
import io.faraddb.engine.Engine;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.time.SystemTime;
import io.faraddb.engine.time.TimeSource;
import io.faraddb.node.engine.NodeDisk;
import io.faraddb.node.engine.NodeEngine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes a sample a second and keeps what {@link Window} says. Who wants the next one waits for it
 * here. It begins after the web server listens and ends before it is stopped, so that nobody who
 * waits holds that up.
 */
@Component
public final class HistoryRecorder implements SmartLifecycle {

    /** Readings that are kept to look back at: a minute. */
    private static final int READINGS_MAX = 61;

    private static final int BUSY_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(HistoryRecorder.class);

    private final NodeEngine node;
    private final NodeDisk disk;
    private final TimeSource time;
    private final Map<Window, Deque<Sample>> series = new EnumMap<>(Window.class);
    private final ArrayList<Reading> readings = new ArrayList<>();
    private @Nullable Live latest;
    private @Nullable ScheduledExecutorService timer;
    private boolean over;
    private long ticks;

    @Autowired
    public HistoryRecorder(NodeEngine node, NodeDisk disk) {
        this(node, disk, SystemTime.INSTANCE);
    }

    HistoryRecorder(NodeEngine node, NodeDisk disk, TimeSource time) {
        this.node = node;
        this.disk = disk;
        this.time = time;
        for (Window window : Window.values()) {
            series.put(window, new ArrayDeque<>());
        }
    }

    @Override
    public synchronized void start() {
        over = false;
        tick();
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("farad-history").factory());
        long step = Window.LAST_15_MINUTES.step().toMillis();
        var unused =
                started.scheduleAtFixedRate(this::tickSafely, step, step, TimeUnit.MILLISECONDS);
        timer = started;
    }

    /** A sample that fails is missed; the next one may succeed. */
    private void tickSafely() {
        try {
            tick();
        } catch (RuntimeException failure) {
            LOG.warn("A sample of what happens was missed", failure);
        }
    }

    /** Takes a sample. */
    void tick() {
        Engine engine = node.engine();
        Reading reading = Reading.of(engine, node.files().logStats(), time);
        long freeDiskBytes = disk.freeBytes();
        synchronized (this) {
            if (!readings.isEmpty()) {
                Reading before = readings.getLast();
                Sample sample = reading.since(before);
                keep(Window.LAST_15_MINUTES, sample);
                latest =
                        new Live(
                                sample,
                                engine.sessionStats().openSessions(),
                                engine.transactionStats().inFlight(),
                                freeDiskBytes,
                                reading.partitionsSince(before));
            }
            if (readings.size() == READINGS_MAX) {
                readings.removeFirst();
            }
            readings.add(reading);
            ticks++;
            int step = Math.toIntExact(Window.LAST_24_HOURS.step().toSeconds());
            if (ticks > step && (ticks - 1) % step == 0) {
                keep(Window.LAST_24_HOURS, reading.since(secondsAgo(step)));
            }
            notifyAll();
        }
    }

    private void keep(Window window, Sample sample) {
        Deque<Sample> kept = samplesOf(window);
        if (kept.size() == window.samplesMax()) {
            kept.removeFirst();
        }
        kept.addLast(sample);
    }

    private Deque<Sample> samplesOf(Window window) {
        return Invariant.notNull(series.get(window), "each window has its samples");
    }

    /** The reading of so many seconds ago, or the oldest one. */
    private Reading secondsAgo(int seconds) {
        return readings.get(Math.max(0, readings.size() - 1 - seconds));
    }

    /** In order of time. */
    public synchronized List<Sample> samples(Window window) {
        return List.copyOf(samplesOf(window));
    }

    /** Of the last minute as one sample; null when there is none yet. */
    public synchronized @Nullable Sample lastMinute() {
        return readings.size() < 2 ? null : readings.getLast().since(secondsAgo(READINGS_MAX - 1));
    }

    /** How busy a partition's thread was in the last seconds, 0 to 1; 0 when nothing is known. */
    public synchronized double busyShare(int partition) {
        return readings.size() < 2
                ? 0
                : readings.getLast().busyShareSince(secondsAgo(BUSY_SECONDS), partition);
    }

    /** The newest sample; null when there is none yet. */
    public synchronized @Nullable Live latest() {
        return latest;
    }

    /**
     * Waits for a sample that is newer than a moment.
     *
     * @param after seconds since 1970
     * @return null if none came in time, or none will come any more
     */
    public synchronized @Nullable Live awaitAfter(long after, Duration limit)
            throws InterruptedException {
        long deadline = time.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        while (!over && left > 0 && (latest == null || latest.sample().time() <= after)) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - time.nanoTime();
        }
        Live now = latest;
        return over || now == null || now.sample().time() <= after ? null : now;
    }

    /** Whether no sample comes any more: the node is being stopped. */
    public synchronized boolean over() {
        return over;
    }

    @Override
    public synchronized void stop() {
        over = true;
        notifyAll();
        ScheduledExecutorService running = timer;
        timer = null;
        if (running != null) {
            running.shutdownNow();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    /** The last to begin, the first to end. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
