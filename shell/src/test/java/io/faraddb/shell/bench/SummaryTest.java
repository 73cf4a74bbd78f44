package io.faraddb.shell.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.bench.load.LoadOptions;
import io.faraddb.bench.load.LoadProgress;
import io.faraddb.bench.load.LoadResult;
import io.faraddb.bench.load.Workload.Check;
import io.faraddb.bench.load.Workload.Outcome;
import io.faraddb.bench.load.Workload.Standings;
import io.faraddb.bench.load.Workload.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SummaryTest {

    private static final Verdict RIGHT =
            new Verdict(
                    List.of(new Check(true, "all is there")),
                    new Standings(
                            List.of("who", "votes"),
                            List.of(List.of("Ada", "12"), List.of("Bela", "3"))));

    @Test
    void summaryIsForPeople() throws Exception {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        SummaryText.print(summary(0, 0, RIGHT, Map.of(), Set.of()), out);
        out.flush();
        assertThat(text.toString())
                .isEqualTo(
                        """

                        voter: 1,000 calls in 10.0 s, 100 calls/s (2 clients, 3 in flight each, \
                        4 calls/s asked for)
                          latency   p50 500 us  p90 900 us  p99 990 us  p99.9 999 us  max 1.00 ms
                          answers, those of the warm-up included
                            accepted           1,100
                            wrong              0

                          right  all is there

                         who  | votes
                        ------+-------
                         Ada  |    12
                         Bela |     3
                        (2 rows)
                        """);
    }

    @Test
    void summaryIsForPrograms() {
        JsonNode json =
                JsonMapper.shared()
                        .valueToTree(
                                summary(
                                        2,
                                        0,
                                        RIGHT,
                                        Map.of("23505", new LoadResult.ErrorKind(3, "twice")),
                                        Set.of()));
        assertThat(json.path("callsPerSecond").asDouble()).isEqualTo(100);
        assertThat(json.path("micros").path("p99").asDouble()).isBetween(989.0, 991.0);
        assertThat(json.path("outcomes").path("accepted").asLong()).isEqualTo(1_100);
        assertThat(json.path("errors").path("23505").path("count").asLong()).isEqualTo(3);
        assertThat(json.path("wrong").asLong()).isEqualTo(2);
        assertThat(json.path("verdict").path("checks").path(0).path("holds").asBoolean()).isTrue();
    }

    @Test
    void whatShouldNotBeIsNotGood() {
        Map<String, LoadResult.ErrorKind> twice = Map.of("23505", new LoadResult.ErrorKind(3, ""));
        Verdict wrong =
                new Verdict(List.of(new Check(true, ""), new Check(false, "")), Standings.NONE);
        assertThat(summary(0, 0, RIGHT, Map.of(), Set.of()).good()).isTrue();
        assertThat(summary(1, 0, RIGHT, Map.of(), Set.of()).good()).isFalse();
        assertThat(summary(0, 1, RIGHT, Map.of(), Set.of()).good()).isFalse();
        assertThat(summary(0, 0, wrong, Map.of(), Set.of()).good()).isFalse();
        assertThat(summary(0, 0, RIGHT, twice, Set.of()).good()).isFalse();
        assertThat(summary(0, 0, RIGHT, twice, Set.of("23505")).good()).isTrue();
    }

    @Test
    void progressIsALine() {
        assertThat(
                        SummaryText.line(
                                new LoadProgress.Second(
                                        7, true, 12_345.6, 345_000, 6_780_000, 2, 3_000)))
                .isEqualTo(
                        "   7 s       12,346 calls/s  p50    345 us  p99   6.78 ms  2 errors"
                                + "  3,000 calls late  (warm-up)");
        assertThat(SummaryText.time(2_500_000)).isEqualTo("  2.50 s ");
    }

    private static Summary summary(
            long wrongAnswers,
            long unsent,
            Verdict verdict,
            Map<String, LoadResult.ErrorKind> errors,
            Set<String> expected) {
        Histogram latencies = new Histogram(10_000_000_000L, 3);
        for (int micros = 1; micros <= 1_000; micros++) {
            latencies.recordValue(micros * 1_000L);
        }
        Map<String, Long> outcomes = new LinkedHashMap<>();
        outcomes.put("accepted", 1_100L);
        outcomes.put("wrong", wrongAnswers);
        return Summary.of(
                "voter",
                new LoadOptions(
                        2, 3, 4, Duration.ofSeconds(1), Duration.ofSeconds(10), 1, false, false, 5),
                new LoadResult(10, latencies, outcomes, errors, 0, unsent),
                List.of(new Outcome("accepted", false), new Outcome("wrong", true)),
                verdict,
                expected);
    }
}
