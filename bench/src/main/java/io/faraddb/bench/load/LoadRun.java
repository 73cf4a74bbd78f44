package io.faraddb.bench.load;

import io.faraddb.bench.wire.Login;
import io.faraddb.bench.wire.PgConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.HdrHistogram.Histogram;

/** Makes one load from beginning to end. */
public final class LoadRun {

    private static final String GENERATOR = "L64X128MixRandom";

    private final LoadOptions options;
    private final Workload workload;
    private final LongSupplier clock;
    private final ErrorTally errors = new ErrorTally();

    /**
     * @param clock nanoseconds since any moment
     */
    public LoadRun(LoadOptions options, Workload workload, LongSupplier clock) {
        this.options = options;
        this.workload = workload;
        this.clock = clock;
    }

    /**
     * Connects all clients, makes the load, and waits for its answers.
     *
     * @throws IOException if a client cannot be had
     */
    public LoadResult run(Login login, LoadProgress progress)
            throws IOException, InterruptedException {
        List<PgConnection> connections = connect(login);
        Schedule schedule = Schedule.of(clock.getAsLong(), options);
        List<LoadLoop> loops = loops(connections, schedule);
        List<Thread> threads = new ArrayList<>();
        for (LoadLoop loop : loops) {
            threads.add(Thread.ofPlatform().daemon().name("load-" + threads.size()).start(loop));
        }
        try {
            follow(threads, loops, schedule, progress);
        } catch (InterruptedException e) {
            loops.forEach(LoadLoop::stop);
            for (Thread thread : threads) {
                thread.join();
            }
            throw e;
        }
        for (LoadLoop loop : loops) {
            Throwable failure = loop.failure();
            if (failure != null) {
                throw new IllegalStateException("a thread of the driver broke", failure);
            }
        }
        return result(loops);
    }

    private List<PgConnection> connect(Login login) throws IOException {
        List<PgConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < options.clients(); i++) {
                PgConnection connection = PgConnection.open(login, options.text());
                connections.add(connection);
                if (!options.sessionOrder()) {
                    connection.run("SET farad.pipeline_order = partition");
                }
                connection.prepare(workload.statements());
            }
            return connections;
        } catch (IOException | RuntimeException e) {
            for (PgConnection connection : connections) {
                connection.close();
            }
            throw e;
        }
    }

    /** Each loop gets every n-th client and its part of the rate. */
    private List<LoadLoop> loops(List<PgConnection> connections, Schedule schedule) {
        SplittableGenerator random =
                RandomGeneratorFactory.<SplittableGenerator>of(GENERATOR).create(options.seed());
        List<LoadLoop> loops = new ArrayList<>();
        for (int loop = 0; loop < options.threads(); loop++) {
            LoopTally tally = new LoopTally(schedule, errors, workload.outcomes().size());
            List<LoadClient> clients = new ArrayList<>();
            for (int i = loop; i < connections.size(); i += options.threads()) {
                RandomGenerator own = random.split();
                clients.add(
                        new LoadClient(
                                connections.get(i),
                                workload.calls(own),
                                tally,
                                clock,
                                options.inFlight()));
            }
            double rate = options.rate() * clients.size() / connections.size();
            loops.add(new LoadLoop(clients, schedule, rate, tally, clock));
        }
        return loops;
    }

    /** Tells each second how it goes, until all threads have ended. */
    private void follow(
            List<Thread> threads, List<LoadLoop> loops, Schedule schedule, LoadProgress progress)
            throws InterruptedException {
        long second = TimeUnit.SECONDS.toNanos(1);
        long before = schedule.begin();
        Histogram recent = new Histogram(LoopTally.LATENCY_NANOS_MAX, LoopTally.DIGITS);
        int number = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            long next = schedule.begin() + (number + 1) * second;
            joinUntil(threads, next);
            long now = clock.getAsLong();
            if (now - next < 0) {
                // All have ended, or one has and the others are looked at again.
                continue;
            }
            recent.reset();
            long late = 0;
            for (LoadLoop loop : loops) {
                loop.tally().interval(recent);
                late += loop.tally().late();
            }
            number++;
            if (now - schedule.measureEnd() < second) {
                progress.at(
                        new LoadProgress.Second(
                                number,
                                now - schedule.measureBegin() < second / 2,
                                recent.getTotalCount() * 1e9 / (now - before),
                                recent.getValueAtPercentile(50),
                                recent.getValueAtPercentile(99),
                                errors.count(),
                                late));
            }
            before = now;
        }
    }

    private void joinUntil(List<Thread> threads, long moment) throws InterruptedException {
        for (Thread thread : threads) {
            long nanos = moment - clock.getAsLong();
            if (nanos > 0) {
                TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            }
        }
    }

    private LoadResult result(List<LoadLoop> loops) {
        Histogram latencies = new Histogram(LoopTally.LATENCY_NANOS_MAX, LoopTally.DIGITS);
        Map<String, Long> outcomes = new LinkedHashMap<>();
        workload.outcomes().forEach(outcome -> outcomes.put(outcome.name(), 0L));
        long unknown = 0;
        long unsent = 0;
        for (LoadLoop loop : loops) {
            LoopTally tally = loop.tally();
            latencies.add(tally.measured());
            for (int i = 0; i < workload.outcomes().size(); i++) {
                outcomes.merge(workload.outcomes().get(i).name(), tally.outcome(i), Long::sum);
            }
            unknown += tally.unknown();
            unsent += loop.unsent();
        }
        double seconds = options.duration().toNanos() / 1e9;
        return new LoadResult(seconds, latencies, outcomes, errors.byState(), unknown, unsent);
    }
}
