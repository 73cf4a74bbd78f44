package io.faraddb.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeapWatchTest {

    private final FakeHeap heap = new FakeHeap();
    private final HeapWatch watch = new HeapWatch(heap, 0.8, 0, Duration.ofMillis(1));

    @AfterEach
    void close() {
        watch.close();
    }

    /** A heap of 1000 bytes. */
    private static final class FakeHeap implements Heap {
        private final AtomicLong live = new AtomicLong();
        private final AtomicLong used = new AtomicLong();
        private final AtomicInteger collections = new AtomicInteger();
        private LongConsumer listener = bytes -> {};

        @Override
        public long maxBytes() {
            return 1000;
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
        public void onCollected(LongConsumer usedBytes) {
            listener = usedBytes;
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
    void aStatementMayHoldAQuarterUnlessSaidOtherwise() {
        assertThat(watch.statementBytesMax()).isEqualTo(250);
        try (HeapWatch other = new HeapWatch(heap, 0.8, 7, Duration.ofMillis(1))) {
            assertThat(other.statementBytesMax()).isEqualTo(7);
        }
    }

    @Test
    void deadObjectsDoNotMakeItFull() throws InterruptedException {
        heap.live.set(100);
        heap.collectedYoung(950);
        heap.awaitCollections(1);
        heap.collectedYoung(950);
        heap.awaitCollections(2);
        assertThat(watch.heapFull()).isFalse();
    }

    @Test
    void itIsFullUntilWhatLivesIsLess() throws InterruptedException {
        heap.live.set(900);
        heap.collectedYoung(950);
        await(true);
        heap.awaitCollections(heap.collections.get() + 2);
        assertThat(watch.heapFull()).isTrue();
        heap.live.set(700);
        await(false);
    }

    @Test
    void littleThatIsLeftAsksForNothing() {
        heap.collectedYoung(700);
        assertThat(heap.collections).hasValue(0);
    }
}
