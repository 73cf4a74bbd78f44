package io.faraddb.node.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.console.cluster.History;
import io.faraddb.console.cluster.Sample;
import io.faraddb.console.cluster.Window;
import io.faraddb.engine.time.TimeSource;
import io.faraddb.node.TestNode;
import io.faraddb.node.engine.NodeDisk;
import io.faraddb.node.engine.NodeEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Samples of a real engine on a clock that the test moves. */
@Timeout(60)
class HistoryRecorderTest {

    private static final Duration ALL_TIME = Duration.ofDays(1);

    @TempDir static Path dataDir;

    private static TestNode node;

    private final Clock clock = new Clock();
    private final HistoryRecorder recorder = recorder(clock);

    private static HistoryRecorder recorder(TimeSource clock) {
        return new HistoryRecorder(node.bean(NodeEngine.class), node.bean(NodeDisk.class), clock);
    }

    private static final class Clock implements TimeSource {
        private volatile long seconds = 1_000;

        @Override
        public long nanoTime() {
            return TimeUnit.SECONDS.toNanos(seconds);
        }

        @Override
        public long epochMicros() {
            return TimeUnit.SECONDS.toMicros(seconds);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        node = TestNode.start(dataDir);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            clock.seconds++;
            recorder.tick();
        }
    }

    @Test
    void theFirstReadingHasNothingToCompareWith() {
        recorder.tick();
        assertThat(recorder.samples(Window.LAST_15_MINUTES)).isEmpty();
        assertThat(recorder.latest()).isNull();
        assertThat(recorder.lastMinute()).isNull();
        assertThat(recorder.busyShare(0)).isZero();
    }

    @Test
    void aSampleTellsWhatHappenedInItsSecond() throws IOException {
        node.run("create table sampled (id int primary key)");
        ticks(1);
        node.run("insert into sampled values (1)");
        node.run("insert into sampled values (2)");
        node.run("select * from sampled where id = 1");
        node.post("/api/v1/sql", "{\"sql\":\"insert into sampled values (1)\"}");
        clock.seconds += 2;
        recorder.tick();
        Sample sample = recorder.samples(Window.LAST_15_MINUTES).getLast();
        assertThat(sample.time()).isEqualTo(clock.seconds);
        assertThat(sample.writesPerSecond()).isEqualTo(1);
        assertThat(sample.readsPerSecond()).isEqualTo(0.5);
        assertThat(sample.failuresPerSecond()).isEqualTo(0.5);
        assertThat(sample.p50Seconds()).isPositive();
        assertThat(sample.p99Seconds()).isGreaterThanOrEqualTo(sample.p50Seconds());
        assertThat(sample.logBytesPerSecond()).isPositive();
        assertThat(sample.syncP99Seconds()).isPositive();
        ticks(1);
        Sample quiet = recorder.samples(Window.LAST_15_MINUTES).getLast();
        assertThat(quiet.writesPerSecond()).isZero();
        assertThat(quiet.p50Seconds()).isNull();
        assertThat(quiet.syncP50Seconds()).isNull();
        Sample minute = recorder.lastMinute();
        assertThat(minute).isNotNull();
        assertThat(minute.writesPerSecond()).isEqualTo(2.0 / 3);
    }

    @Test
    void theNewestSampleTellsHowPartitionsAre() {
        ticks(2);
        Sample.Live live = recorder.latest();
        assertThat(live).isNotNull();
        assertThat(live.partitions()).hasSize(2);
        assertThat(live.partitions().get(1).id()).isEqualTo(1);
        assertThat(live.freeDiskBytes()).isPositive();
        assertThat(live.partitions())
                .allSatisfy(partition -> assertThat(partition.busyShare()).isBetween(0.0, 1.0));
    }

    @Test
    void aQuarterOfAnHourIsKeptBySecondsAndNoMore() {
        ticks(Window.LAST_15_MINUTES.samplesMax() + 10);
        List<Sample> samples = recorder.samples(Window.LAST_15_MINUTES);
        assertThat(samples).hasSize(900);
        assertThat(samples.getLast().time()).isEqualTo(clock.seconds);
        assertThat(samples.getFirst().time()).isEqualTo(clock.seconds - 899);
    }

    @Test
    void aDayIsKeptByTenSeconds() {
        ticks(101);
        List<Sample> samples = recorder.samples(Window.LAST_24_HOURS);
        assertThat(samples).hasSize(10);
        assertThat(samples.get(1).time() - samples.get(0).time()).isEqualTo(10);
        History history = History.of(Window.LAST_24_HOURS, samples);
        assertThat(history.stepSeconds()).isEqualTo(10);
        assertThat(history.time()).hasSize(10);
        assertThat(history.p99Seconds()).hasSize(10);
        Window day = Window.LAST_24_HOURS;
        assertThat(day.step().multipliedBy(day.samplesMax())).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void whoWaitsGetsTheNextSample() throws Exception {
        ticks(2);
        long now = clock.seconds;
        assertThat(recorder.awaitAfter(now - 1, ALL_TIME)).isNotNull();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Optional<Sample.Live>> next =
                    CompletableFuture.supplyAsync(() -> await(now), threads);
            while (!next.isDone()) {
                ticks(1);
                Thread.yield();
            }
            assertThat(next.get().orElseThrow().sample().time()).isGreaterThan(now);
        }
    }

    private Optional<Sample.Live> await(long after) {
        try {
            return Optional.ofNullable(recorder.awaitAfter(after, ALL_TIME));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void whoWaitsIsLetGoWhenTheNodeStops() throws Exception {
        ticks(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Optional<Sample.Live>> never =
                    CompletableFuture.supplyAsync(() -> await(clock.seconds), threads);
            recorder.stop();
            assertThat(never.get(30, TimeUnit.SECONDS)).isEmpty();
        }
        assertThat(recorder.over()).isTrue();
    }
}
