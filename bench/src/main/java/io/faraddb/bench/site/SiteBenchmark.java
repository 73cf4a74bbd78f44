package io.faraddb.bench.site;

import io.faraddb.bench.load.voter.VoterSetup;
import io.faraddb.engine.Engine;
import io.faraddb.engine.EngineConfig;
import io.faraddb.engine.catalog.JarDef;
import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LocalLogSettings;
import io.faraddb.engine.log.LocalLogStore;
import io.faraddb.engine.recovery.RecoveryProgress;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.Prepared;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.snapshot.SnapshotSettings;
import io.faraddb.engine.snapshot.SnapshotStore;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.time.SystemTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The voter example's procedure on one partition, with the synced log and without a network: calls
 * per second, and what each costs the site's thread and the log's.
 */
public final class SiteBenchmark {

    private static final int IN_FLIGHT = 4_000;
    private static final int CONTESTANTS = 6;
    private static final long PHONES = 3_000_000_000L;
    private static final long FIRST_RANDOM = 1_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Session session;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final SplittableRandom random = new SplittableRandom(1);
    private long next;

    private SiteBenchmark(Session session) {
        this.session = session;
    }

    /**
     * @param arguments seconds to measure each kind of numbers, 10 by default; as many go before
     */
    public static void main(String[] arguments) throws Exception {
        long seconds = arguments.length == 0 ? 10 : Long.parseLong(arguments[0]);
        Path directory = Files.createTempDirectory("site-benchmark");
        try (LocalLogStore logs =
                        LocalLogStore.open(
                                new FileDisk(directory.resolve("wal")),
                                LocalLogSettings.DEFAULT,
                                SystemTime.INSTANCE);
                Engine engine = open(directory, logs)) {
            run(engine, seconds);
        } finally {
            delete(directory);
        }
    }

    private static Engine open(Path directory, LocalLogStore logs) throws IOException {
        SnapshotStore snapshots =
                new SnapshotStore(
                        new FileDisk(directory.resolve("snapshots")),
                        SystemTime.INSTANCE,
                        SnapshotSettings.DEFAULT);
        return Engine.open(
                EngineConfig.of(1),
                logs::partition,
                snapshots,
                SystemTime.INSTANCE,
                new RecoveryProgress());
    }

    private static void run(Engine engine, long seconds) throws Exception {
        Session session = engine.openSession("admin", Map.of(), new Silent());
        script(session, VoterSetup.resource("schema.sql"));
        engine.loadJar(new JarDef("voter", "", VoterSetup.jar()));
        script(session, VoterSetup.resource("procedure.sql"));
        SiteBenchmark benchmark = new SiteBenchmark(session);
        Prepared call = session.prepare("CALL vote($1, $2)", new int[0]).join();
        benchmark.measure("numbers in ascending order", call, () -> benchmark.next++, seconds);
        benchmark.measure(
                "numbers at random: each is in a page that no cache holds",
                call,
                () -> FIRST_RANDOM + benchmark.random.nextLong(PHONES),
                seconds);
    }

    private void measure(String numbers, Prepared call, LongSupplier phones, long seconds)
            throws InterruptedException {
        drive(call, phones, seconds);
        Cpu before = Cpu.now();
        long begun = System.nanoTime();
        long calls = drive(call, phones, seconds);
        double elapsed = (System.nanoTime() - begun) / (double) NANOS_PER_SECOND;
        Cpu used = Cpu.now().since(before);
        System.out.printf(
                Locale.ROOT,
                "%s%n"
                        + "%,d calls in %.1f s: %,.0f calls/s, %d failed%n"
                        + "site %.2f us of CPU a call: %,.0f calls/s and core%n"
                        + "log  %.2f us of CPU a call%n",
                numbers,
                calls,
                elapsed,
                calls / elapsed,
                failures.get(),
                used.site() / 1e3 / calls,
                calls / (used.site() / 1e9),
                used.log() / 1e3 / calls);
    }

    private static void script(Session session, String sql) {
        session.query(
                        sql,
                        new Session.ResultListener() {
                            @Override
                            public void result(Result result) {}

                            @Override
                            public void empty() {}
                        })
                .join();
    }

    /** Calls answered. */
    private long drive(Prepared call, LongSupplier phones, long seconds)
            throws InterruptedException {
        long before = answers.get();
        long end = System.nanoTime() + seconds * NANOS_PER_SECOND;
        while (System.nanoTime() < end) {
            room.acquire();
            Object[] arguments = {phones.getAsLong(), (long) random.nextInt(CONTESTANTS) + 1};
            var unused = session.execute(call, arguments, true).whenComplete(this::answered);
        }
        room.acquire(IN_FLIGHT);
        room.release(IN_FLIGHT);
        return answers.get() - before;
    }

    private void answered(Result result, Throwable failure) {
        (failure == null ? answers : failures).incrementAndGet();
        room.release();
    }

    /** CPU time of threads, in nanoseconds. */
    private record Cpu(long site, long log) {

        static Cpu now() {
            return new Cpu(of("site-"), of("farad-log-writer"));
        }

        private static long of(String prefix) {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith(prefix))
                    .mapToLong(thread -> threads.getThreadCpuTime(thread.threadId()))
                    .sum();
        }

        Cpu since(Cpu before) {
            return new Cpu(site - before.site, log - before.log);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static final class Silent implements SessionListener {
        @Override
        public void notice(String severity, SqlException notice) {}

        @Override
        public void settingChanged(Session.Setting setting) {}

        @Override
        public void copyIn(String table, List<Field> fields, CopyOptions options, RowSink sink) {}
    }
}
