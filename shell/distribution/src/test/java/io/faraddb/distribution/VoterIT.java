package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The loads on a real node: they find right what is right, and wrong what is wrong. */
@Tag("slow")
@Timeout(600)
class VoterIT {

    @TempDir Path directory;

    @Test
    void votesAreCountedAndTheLimitIsKept() throws Exception {
        try (RunningNode node = new RunningNode(directory)) {
            // So few numbers that most calls are beyond the limit.
            JsonNode few = bench(node, "voter", "--numbers", "3", "--clients", "4");
            assertThat(few.path("outcomes").path("accepted").asLong()).isEqualTo(305 * 3 * 2);
            assertThat(few.path("outcomes").path("limit reached").asLong()).isPositive();
            assertThat(node.rows("SELECT count(*), count(DISTINCT phone), max(number) FROM votes"))
                    .containsExactly(305 * 3 * 2 + "," + 305 * 3 + ",2");
            assertThat(node.rows("SELECT count(DISTINCT partition_key) FROM totals"))
                    .containsExactly("3");
            // Again, on what is there, at a rate and with numbers as text.
            JsonNode rate = bench(node, "voter", "--rate", "500", "--text");
            assertThat(rate.path("calls").asLong()).isEqualTo(2 * 500);
            assertThat(rate.path("verdict").path("standings").path("rows")).hasSize(6);
        }
    }

    @Test
    void voteThatIsMissingIsFound() throws Exception {
        try (RunningNode node = new RunningNode(directory)) {
            bench(node, "voter");
            assertThat(node.rows("UPDATE totals SET votes = votes + 1 WHERE contestant = 2"))
                    .isEmpty();
            Installation.Ran ran =
                    node.farad("bench", "voter", "--duration", "1s", "--warmup", "0s");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("WRONG").contains("totals are");
        }
    }

    @Test
    void keysAreReadAndWritten() throws Exception {
        try (RunningNode node = new RunningNode(directory)) {
            JsonNode kv =
                    bench(
                            node,
                            "kv",
                            "--keys",
                            "500",
                            "--value-bytes",
                            "64",
                            "--read-share",
                            "0.5",
                            "--order",
                            "session");
            long puts = kv.path("outcomes").path("put").asLong();
            assertThat(puts).isPositive();
            assertThat(kv.path("outcomes").path("got").asLong()).isPositive();
            assertThat(node.rows("SELECT count(*), sum(version), max(length(v)) FROM bench_kv"))
                    .containsExactly("500," + puts + ",64");
            assertThat(bench(node, "kv", "--keys", "600", "--text").path("wrong").asLong())
                    .isZero();
            assertThat(node.rows("UPDATE bench_kv SET v = '12345678' WHERE k < 300")).isEmpty();
            Installation.Ran ran =
                    node.farad("bench", "kv", "--keys", "300", "--duration", "1s", "--json");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(JsonMapper.shared().readTree(ran.out()).path("wrong").asLong()).isPositive();
        }
    }

    @Test
    void whatCannotBeUsedIsAnExitCode() throws Exception {
        try (RunningNode node = new RunningNode(directory)) {
            assertThat(node.farad("bench", "voter", "--clients", "0").exit()).isEqualTo(2);
            assertThat(node.farad("bench", "kv", "--read-share", "2").exit()).isEqualTo(2);
            assertThat(node.farad("bench", "voter", "-o", "csv").exit()).isEqualTo(2);
            assertThat(node.farad("bench", "kv", "--url", "127.0.0.1:1").exit()).isEqualTo(3);
            assertThat(node.rows("CREATE TABLE votes (id int PRIMARY KEY)")).isEmpty();
            Installation.Ran partly = node.farad("bench", "voter");
            assertThat(partly.exit()).isEqualTo(1);
            assertThat(partly.errors()).contains("there are only [votes]");
        }
    }

    private static JsonNode bench(RunningNode node, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("bench"));
        command.addAll(List.of(options));
        command.addAll(List.of("--duration", "2s", "--warmup", "1s", "--json"));
        JsonNode summary =
                JsonMapper.shared().readTree(node.answer(command.toArray(String[]::new)));
        assertThat(summary.path("errors")).isEmpty();
        return summary;
    }
}
