package io.faraddb.bench.log;

import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.log.LocalLogSettings;
import io.faraddb.engine.log.LocalLogStore;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.replication.RatisLogStore;
import io.faraddb.engine.replication.RatisMember;
import io.faraddb.engine.replication.RatisSettings;
import io.faraddb.engine.time.SystemTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Appends with two entries under way, as a site does, to a local log and to replicated ones whose
 * members all live in this process. Prints ratios: the figures are the machine's and the minute's.
 */
public final class AppendBenchmark {

    private static final int IN_FLIGHT = 2;
    private static final int[] ENTRY_BYTES = {1 << 10, 16 << 10, 64 << 10};
    private static final long WARM_UP_SECONDS = 6;
    private static final long SECONDS = 6;
    private static final int BARRIERS = 2_000;

    /** Who leads, and since when. */
    private static final class Leader implements PartitionLog.Listener {
        private final CompletableFuture<Long> term = new CompletableFuture<>();

        @Override
        public void committed(LogPosition position, byte[] entry) {}

        @Override
        public void replayed(LogPosition last) {}

        @Override
        public void leadership(boolean leads, long newTerm) {
            if (leads) {
                term.complete(newTerm);
            }
        }

        @Override
        public void failed(Throwable cause) {
            term.completeExceptionally(cause);
        }
    }

    private record Running(PartitionLog log, long term, Runnable close) {}

    private record Figures(double entries, double p50, double p99, double cpu) {}

    private AppendBenchmark() {}

    /**
     * @param arguments a directory on the disk to measure
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        System.out.printf(
                "%-8s %9s %10s %6s %8s %8s %9s%n",
                "log", "bytes", "entries/s", "ratio", "p50 us", "p99 us", "cpu us");
        for (int bytes : ENTRY_BYTES) {
            Figures local = run("local", local(fresh(directory)), bytes, 0);
            run("group 1", group(fresh(directory), 1), bytes, local.entries());
            run("group 3", group(fresh(directory), 3), bytes, local.entries());
        }
        barriers(group(fresh(directory), 3));
        System.exit(0);
    }

    private static Path fresh(Path directory) throws IOException {
        return Files.createTempDirectory(directory, "append");
    }

    private static Running local(Path directory) throws Exception {
        LocalLogStore store =
                LocalLogStore.open(
                        new FileDisk(directory), LocalLogSettings.DEFAULT, SystemTime.INSTANCE);
        PartitionLog log = store.partition(0);
        Leader leader = new Leader();
        log.start(LogPosition.START, leader);
        return new Running(log, leader.term.get(), store::close);
    }

    private static Running group(Path directory, int size) throws Exception {
        List<RatisLogStore> stores = new ArrayList<>();
        List<RatisMember> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            RatisLogStore store =
                    RatisLogStore.open(
                            new RatisLogStore.Identity(
                                    "bench", "node-" + i, directory.resolve("node-" + i)),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            RatisSettings.DEFAULT);
            stores.add(store);
            members.add(new RatisMember("node-" + i, "127.0.0.1", store.address().getPort()));
        }
        List<Leader> leaders = new ArrayList<>();
        List<PartitionLog> logs = new ArrayList<>();
        for (RatisLogStore store : stores) {
            Leader leader = new Leader();
            leaders.add(leader);
            PartitionLog log = store.partition(0, members);
            logs.add(log);
            log.start(LogPosition.START, leader);
        }
        CompletableFuture.anyOf(
                        leaders.stream()
                                .map(leader -> leader.term)
                                .toArray(CompletableFuture<?>[]::new))
                .get(60, TimeUnit.SECONDS);
        int leading = 0;
        while (!leaders.get(leading).term.isDone()) {
            leading++;
        }
        return new Running(
                logs.get(leading),
                leaders.get(leading).term.get(),
                () -> stores.parallelStream().forEach(RatisLogStore::close));
    }

    private static Figures run(String name, Running running, int bytes, double base)
            throws Exception {
        byte[] entry = new byte[bytes];
        new Random(1).nextBytes(entry);
        long[] index = {0};
        append(running, entry, index, WARM_UP_SECONDS);
        Figures figures = append(running, entry, index, SECONDS);
        running.close().run();
        System.out.printf(
                "%-8s %9d %10.0f %6.2f %8.0f %8.0f %9.0f%n",
                name,
                bytes,
                figures.entries(),
                base == 0 ? 1 : figures.entries() / base,
                figures.p50(),
                figures.p99(),
                figures.cpu());
        return figures;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Figures append(Running running, byte[] entry, long[] index, long seconds)
            throws Exception {
        Deque<CompletableFuture<LogPosition>> appends = new ArrayDeque<>();
        Deque<Long> begins = new ArrayDeque<>();
        long[] micros = new long[1 << 20];
        int count = 0;
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(seconds)) {
            begins.add(System.nanoTime());
            appends.add(running.log().append(new LogPosition(running.term(), ++index[0]), entry));
            if (appends.size() == IN_FLIGHT) {
                appends.remove().get(60, TimeUnit.SECONDS);
                micros[count++] = (System.nanoTime() - begins.remove()) / 1000;
            }
        }
        for (CompletableFuture<LogPosition> append : appends) {
            append.get(60, TimeUnit.SECONDS);
        }
        double nanos = System.nanoTime() - begin;
        cpu = cpuNanos() - cpu;
        Arrays.sort(micros, 0, count);
        return new Figures(
                count * 1e9 / nanos,
                micros[count / 2],
                micros[count * 99 / 100],
                cpu / 1e3 / Math.max(1, count));
    }

    private static void barriers(Running running) throws Exception {
        long[] micros = new long[BARRIERS];
        long cpu = 0;
        for (int round = 0; round < 2; round++) {
            cpu = cpuNanos();
            for (int i = 0; i < BARRIERS; i++) {
                long begin = System.nanoTime();
                running.log().readBarrier().get(60, TimeUnit.SECONDS);
                micros[i] = (System.nanoTime() - begin) / 1000;
            }
            cpu = cpuNanos() - cpu;
        }
        Arrays.sort(micros);
        System.out.printf(
                "read barrier, group 3: p50 %d us, p99 %d us, cpu %.0f us%n",
                micros[BARRIERS / 2], micros[BARRIERS * 99 / 100], cpu / 1e3 / BARRIERS);
        running.close().run();
    }
}
