package io.faraddb.bench.load.voter;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.bench.wire.AnswerListener;
import io.faraddb.bench.wire.FakeServer;
import io.faraddb.bench.wire.FakeServer.Answer;
import io.faraddb.bench.wire.FirstValue;
import io.faraddb.bench.wire.PgConnection;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarInputStream;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VoterCallsTest {

    private static final int CALLS = 20_000;
    private static final int CONTESTANTS = 6;

    private final List<long[]> seen = Collections.synchronizedList(new ArrayList<>());
    private int answered;

    @Test
    void areasHaveFavouritesAndSomeVotesAreForNobody() throws Exception {
        FakeServer.Script take =
                call -> {
                    seen.add(new long[] {call.number(0), call.number(1)});
                    return Answer.row(0);
                };
        try (FakeServer server = new FakeServer(take, false);
                PgConnection connection = PgConnection.open(server.login(), false)) {
            VoterLoad load = new VoterLoad((name, jar) -> {}, 1_000);
            connection.prepare(load.statements());
            VoterCalls calls =
                    new VoterCalls(
                            RandomGeneratorFactory.of("L64X128MixRandom").create(7),
                            1_000,
                            CONTESTANTS);
            for (int i = 0; i < CALLS; i++) {
                calls.send(connection);
                if (i % 100 == 99) {
                    readUntil(connection, i + 1);
                }
            }
        }
        assertThat(seen).hasSize(CALLS);
        assertThat(seen).allSatisfy(call -> assertThat(call[0] % 10_000_000).isLessThan(1_000));
        assertThat(seen.stream().map(call -> call[0] / 10_000_000).distinct())
                .hasSize(VoterCalls.AREAS);
        long nobody = seen.stream().filter(call -> call[1] == VoterCalls.NOBODY).count();
        assertThat(nobody).isBetween(CALLS / 200L, CALLS / 50L);
        favouritesHaveMoreThanHalf();
    }

    private void favouritesHaveMoreThanHalf() {
        Map<Long, Map<Long, Long>> byArea =
                seen.stream()
                        .filter(call -> call[1] != VoterCalls.NOBODY)
                        .collect(
                                Collectors.groupingBy(
                                        call -> call[0] / 10_000_000,
                                        Collectors.groupingBy(
                                                call -> call[1],
                                                TreeMap::new,
                                                Collectors.counting())));
        double share =
                byArea.values().stream()
                        .mapToDouble(votes ->
                                (double) votes.values().stream().mapToLong(v -> v).max().orElse(0)
                                        / votes.values().stream().mapToLong(v -> v).sum())
                        .average()
                        .orElseThrow();
        // One half and a sixth of the other.
        assertThat(share).isBetween(0.55, 0.65);
    }

    @Test
    void archiveHoldsTheProcedure() throws Exception {
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(VoterSetup.jar()))) {
            assertThat(jar.getNextJarEntry().getName())
                    .isEqualTo("io/faraddb/examples/voter/Vote.class");
            assertThat(jar.readAllBytes()).isNotEmpty();
        }
        // The same bytes each time, so that loading it again changes nothing.
        assertThat(VoterSetup.jar()).isEqualTo(VoterSetup.jar());
    }

    private void readUntil(PgConnection connection, int count) throws Exception {
        while (answered < count) {
            connection.flush();
            int read =
                    connection.read(
                            new AnswerListener() {
                                @Override
                                public void row(FirstValue first) {}

                                @Override
                                public void completed(long rows) {}

                                @Override
                                public void failed(String sqlState, String message) {}

                                @Override
                                public void ready() {
                                    answered++;
                                }
                            });
            assertThat(read).isNotNegative();
        }
    }
}
