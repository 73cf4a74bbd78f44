package io.faraddb.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.faraddb.engine.time.TimeSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeapWatchTest {

    private static final long MB = 1 << 20;

    private final FakeHeap heap = new FakeHeap();
    private final AtomicLong nanos = new AtomicLong();
    private final TimeSource clock = new Clock();
    private final HeapWatch watch = watch(0);

    @AfterEach
    void close() {
        watch.close();
    }

    private HeapWatch watch(long statementBytesMax) {
        return new HeapWatch(heap, 0.8, statementBytesMax, clock, Duration.ofMillis(1));
    }

    /** Runs two seconds on with each look at it. */
    private final class Clock implements TimeSource {
        @Override
        public long nanoTime() {
            return nanos.addAndGet(2_000_000_000L);
        }

        @Override
        public long epochMicros() {
            return nanoTime() / 1_000;
        }
    }

    /** A heap of 1000 MB unless another is said. */
    private static final class FakeHeap implements Heap {
        private final AtomicLong live = new AtomicLong();
        private final AtomicLong used = new AtomicLong();
        private final AtomicInteger collections = new AtomicInteger();
        private LongConsumer listener = bytes -> {};
        private long maxBytes = 1000 * MB;
        private long committed;
        private long committedMax = Long.MAX_VALUE;
        private long garbage;
        private long aimAtGarbage;
        private long aim;

        @Override
        public long maxBytes() {
            return maxBytes;
        }

        @Override
        public long committedBytes() {
            return committed;
        }

        @Override
        public void makeGarbage(int bytes) {
            garbage += bytes;
            aimAtGarbage = aim;
            committed = Math.min(committed + bytes, committedMax);
        }

        @Override
        public void aim(long bytes) {
            aim = bytes;
        }

        @Override
        public long usedBytes() {
            return used.get();
        }

        @Override
        public void collect() {
            collections.incrementAndGet();
            used.set(live.get());
        }

        @Override
        public Runnable onCollected(LongConsumer usedBytes) {
            listener = usedBytes;
            return () -> listener = bytes -> {};
        }

        /** A collection of young objects that leaves so much. */
        void collectedYoung(long usedBytes) {
            used.set(usedBytes);
            listener.accept(usedBytes);
        }

        void awaitCollections(int wanted) throws InterruptedException {
            while (collections.get() < wanted) {
                Thread.sleep(1);
            }
        }
    }

    private void await(boolean full) throws InterruptedException {
        while (watch.heapFull() != full) {
            Thread.sleep(1);
        }
    }

    @Test
    void takesTheMemoryThatItAimsAtWhileTheCollectorRests() {
        heap.maxBytes = 12_000 * MB;
        heap.committed = 64 * MB;
        try (HeapWatch large = watch(0)) {
            large.takeMemory();
        }
        assertThat(heap.committed).isEqualTo(3000 * MB);
        assertThat(heap.aimAtGarbage).isEqualTo(heap.maxBytes);
        assertThat(heap.aim).isEqualTo(3000 * MB);
    }

    @Test
    void takesNotAllOfASmallHeap() {
        watch.takeMemory();
        assertThat(heap.committed).isEqualTo(750 * MB);
    }

    @Test
    void ceasesToTakeWhatIsNotGiven() {
        heap.committedMax = 100 * MB;
        watch.takeMemory();
        assertThat(heap.garbage).isEqualTo(3 * 750 * MB);
    }

    @Test
    void aQuarterIsForDeadObjectsWithinBounds() {
        assertThat(aimAtStart(6_000 * MB)).isEqualTo(2048 * MB);
        assertThat(aimAtStart(12_000 * MB)).isEqualTo(3000 * MB);
        assertThat(aimAtStart(40_000 * MB)).isEqualTo(4096 * MB);
    }

    private long aimAtStart(long maxBytes) {
        heap.maxBytes = maxBytes;
        watch(0).close();
        return heap.aim;
    }

    @Test
    void aStatementMayHoldAQuarterUnlessSaidOtherwise() {
        assertThat(watch.statementBytesMax()).isEqualTo(250 * MB);
        try (HeapWatch other = watch(7)) {
            assertThat(other.statementBytesMax()).isEqualTo(7);
        }
    }

    @Test
    void deadObjectsDoNotMakeItFull() throws InterruptedException {
        heap.live.set(100 * MB);
        heap.collectedYoung(950 * MB);
        heap.awaitCollections(1);
        heap.collectedYoung(950 * MB);
        heap.awaitCollections(2);
        assertThat(watch.heapFull()).isFalse();
    }

    @Test
    void itIsFullUntilWhatLivesIsLess() throws InterruptedException {
        heap.live.set(900 * MB);
        heap.collectedYoung(950 * MB);
        await(true);
        heap.awaitCollections(heap.collections.get() + 2);
        assertThat(watch.heapFull()).isTrue();
        heap.live.set(700 * MB);
        await(false);
    }

    @Test
    void aStatementMayTakeAPartOfWhatIsFree() {
        heap.live.set(200 * MB);
        heap.collectedYoung(600 * MB);
        assertThat(watch.admits(60 * MB, 60 * MB)).isTrue();
        assertThat(heap.collections).hasValue(0);
        assertThat(watch.admits(60 * MB, 120 * MB)).isTrue();
        assertThat(heap.collections).hasValue(1);
        assertThat(watch.admits(60 * MB, 180 * MB)).isFalse();
    }

    @Test
    void allStatementsTogetherMayTakeNoMore() {
        heap.live.set(600 * MB);
        heap.collectedYoung(600 * MB);
        for (int i = 0; i < 3; i++) {
            assertThat(watch.admits(20 * MB, 20 * MB)).isTrue();
        }
        assertThat(heap.collections).hasValue(0);
        heap.live.set(800 * MB);
        assertThat(watch.admits(20 * MB, 20 * MB)).isFalse();
        assertThat(heap.collections).hasValue(1);
    }

    @Test
    void theHeapOfThisProcessTellsUntilItNeedsNoMore() throws InterruptedException {
        AtomicInteger told = new AtomicInteger();
        JvmHeap own = new JvmHeap();
        Runnable end = own.onCollected(left -> told.incrementAndGet());
        own.collect();
        while (told.get() == 0) {
            Thread.sleep(1);
        }
        assertThat(own.usedBytes()).isBetween(1L, own.maxBytes());
        end.run();
        end.run();
    }

    @Test
    void aLargeHeapGrowsWithWhatLivesButNoFurtherThanItMust() {
        heap.maxBytes = 12_000 * MB;
        try (HeapWatch large = watch(0)) {
            heap.collectedYoung(1400 * MB);
            assertThat(heap.aim).isEqualTo(3000 * MB);
            heap.collectedYoung(3000 * MB);
            assertThat(heap.aim).isEqualTo(5000 * MB);
            heap.collectedYoung(2000 * MB);
            assertThat(heap.aim).isEqualTo(5000 * MB);
            heap.collectedYoung(300 * MB);
            assertThat(heap.aim).isEqualTo(3600 * MB);
            heap.collectedYoung(9000 * MB);
            assertThat(heap.aim).isEqualTo(12_000 * MB);
            assertThat(large.heapFull()).isFalse();
        }
    }

    @Test
    void aSmallHeapIsUsedWhole() {
        assertThat(heap.aim).isEqualTo(1000 * MB);
    }

    @Test
    void theHeapOfThisProcessIsAimedAt() {
        HotSpotDiagnosticMXBean options =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        JvmHeap own = new JvmHeap();
        own.aim(own.maxBytes() - MB);
        assertThat(options.getVMOption("SoftMaxHeapSize").getValue())
                .isEqualTo(String.valueOf(own.maxBytes() - MB));
        own.aim(own.maxBytes());
    }

    @Test
    void littleThatIsLeftAsksForNothing() {
        heap.collectedYoung(700 * MB);
        assertThat(heap.collections).hasValue(0);
    }
}
