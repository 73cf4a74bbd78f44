package io.faraddb.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.bench.wire.FakeServer;
import io.faraddb.bench.wire.FakeServer.Answer;
import io.faraddb.bench.wire.FirstValue;
import io.faraddb.bench.wire.PgConnection;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads on a server that follows a script. What is asserted holds however slow the machine is. */
@Timeout(120)
class LoadRunTest {

    private static final Duration WARMUP = Duration.ofMillis(200);

    private final LongSupplier clock = System::nanoTime;
    private final AtomicLong served = new AtomicLong();

    @Test
    void everyAnswerIsCountedOnce() throws Exception {
        LoadResult result =
                run(options(3, 8, 0, 500), call -> Answer.row(served.incrementAndGet() % 2));
        assertThat(result.outcome("even") + result.outcome("odd")).isEqualTo(served.get());
        assertThat(result.outcome("even")).isPositive();
        assertThat(result.latencies().getTotalCount()).isPositive().isLessThan(served.get());
        assertThat(result.errors()).isEmpty();
        assertThat(result.unknown()).isZero();
    }

    @Test
    void rateSaysHowManyCallsThereAre() throws Exception {
        LoadResult result =
                run(options(4, 100, 500, 1_000), call -> Answer.row(served.incrementAndGet() % 2));
        assertThat(served.get()).isEqualTo(600);
        assertThat(result.latencies().getTotalCount()).isEqualTo(500);
        assertThat(result.callsPerSecond()).isEqualTo(500);
        assertThat(result.unsent()).isZero();
    }

    @Test
    void callsCountFromWhenTheyWereDueThoughTheyFoundNoRoom() throws Exception {
        LoadResult result =
                run(
                        options(1, 1, 100, 2_000),
                        call -> {
                            // The first ones are not measured.
                            if (served.incrementAndGet() == 50) {
                                LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
                            }
                            return Answer.row(0);
                        });
        assertThat(result.latencies().getTotalCount()).isEqualTo(200);
        // Ten milliseconds lie between two calls; most of those of the 400 were late by 100 at
        // least, though but one of them was in flight.
        assertThat(
                        result.latencies()
                                .getCountBetweenValues(
                                        Duration.ofMillis(100).toNanos(),
                                        LoopTally.LATENCY_NANOS_MAX))
                .isGreaterThanOrEqualTo(25);
    }

    @Test
    void errorsAreCountedByState() throws Exception {
        LoadResult result =
                run(
                        options(2, 4, 200, 1_800),
                        call ->
                                switch ((int) (served.incrementAndGet() % 4)) {
                                    case 0 -> new Answer.Failure("23505", "twice");
                                    case 1 -> new Answer.Failure("08007", "who knows");
                                    default -> Answer.row(1);
                                });
        assertThat(served.get()).isEqualTo(400);
        assertThat(result.errors())
                .containsEntry("23505", new LoadResult.ErrorKind(100, "twice"))
                .containsEntry("08007", new LoadResult.ErrorKind(100, "who knows"));
        assertThat(result.outcome("odd")).isEqualTo(200);
        assertThat(result.unknown()).isEqualTo(100);
    }

    @Test
    void callsInFlightOnALostConnectionAreUnknown() throws Exception {
        LoadResult result =
                run(
                        options(2, 5, 0, 500),
                        call -> served.incrementAndGet() == 20 ? new Answer.Cut() : Answer.row(1));
        assertThat(result.errors()).containsOnlyKeys("08006");
        assertThat(result.unknown()).isBetween(1L, 5L);
        long answered = result.outcome("odd");
        assertThat(served.get()).isBetween(answered + 1, answered + result.unknown());
    }

    @Test
    void runEndsWhenAllConnectionsAreLost() throws Exception {
        LoadResult result = run(options(3, 5, 0, 10_000_000), call -> new Answer.Cut());
        assertThat(result.errors()).containsOnlyKeys("08006");
        assertThat(result.errors().values()).allMatch(lost -> lost.count() == 3);
    }

    @Test
    void overlappingIsAskedForUnlessTheSessionsOrderIsToBeKept() throws Exception {
        try (FakeServer server = new FakeServer(call -> Answer.row(0), false)) {
            var unused =
                    new LoadRun(options(1, 1, 10, 500), new Parity(), clock)
                            .run(server.login(), second -> {});
            assertThat(server.queries()).containsExactly("SET farad.pipeline_order = partition");
        }
    }

    @Test
    void progressIsToldEachSecond() throws Exception {
        List<LoadProgress.Second> seconds = new ArrayList<>();
        try (FakeServer server = new FakeServer(call -> Answer.row(0), false)) {
            var unused =
                    new LoadRun(options(1, 10, 0, 2_000), new Parity(), clock)
                            .run(server.login(), seconds::add);
        }
        assertThat(seconds).isNotEmpty();
        assertThat(seconds.getLast().callsPerSecond()).isPositive();
    }

    @Test
    void optionsAreWithinLimits() {
        assertThatThrownBy(() -> options(0, 1, 0, 1)).hasMessageContaining("clients");
        assertThatThrownBy(() -> options(1, 0, 0, 1)).hasMessageContaining("in-flight");
        assertThatThrownBy(() -> options(1, 1, -1, 1)).hasMessageContaining("rate");
        assertThatThrownBy(() -> options(1, 1, 0, 0)).hasMessageContaining("duration");
    }

    private LoadResult run(LoadOptions options, FakeServer.Script script)
            throws IOException, InterruptedException {
        try (FakeServer server = new FakeServer(script, false)) {
            return new LoadRun(options, new Parity(), clock).run(server.login(), second -> {});
        }
    }

    private static LoadOptions options(int clients, int inFlight, double rate, int millis) {
        return new LoadOptions(
                clients,
                inFlight,
                rate,
                WARMUP,
                Duration.ofMillis(millis),
                clients > 1 ? 2 : 1,
                false,
                false,
                42);
    }

    /** Calls that are answered by a number. */
    private static final class Parity implements Workload {

        @Override
        public void prepare(Connection connection) {}

        @Override
        public List<PgConnection.Statement> statements() {
            return List.of(new PgConnection.Statement("CALL p()", List.of()));
        }

        @Override
        public List<Outcome> outcomes() {
            return List.of(new Outcome("even", false), new Outcome("odd", false));
        }

        @Override
        public Calls calls(RandomGenerator random) {
            return new Calls() {
                @Override
                public long send(PgConnection connection) {
                    connection.call(0);
                    connection.endCall();
                    return 0;
                }

                @Override
                public int row(long call, FirstValue value) {
                    return (int) value.asLong();
                }

                @Override
                public int completed(long call, long rows) {
                    return 0;
                }
            };
        }

        @Override
        public Verdict check(Connection connection, LoadResult result) {
            return new Verdict(List.of(), Standings.NONE);
        }
    }
}
