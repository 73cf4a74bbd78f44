package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process at random moments; what it had acknowledged has to be there. */
class CrashTest {

    private static final int KILLS = 100;
    private static final int LIFE_MILLIS_MAX = 400;

    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    @TempDir Path directory;

    @Test
    @Tag("slow")
    void killingTheProcessLosesNothingAcknowledgedAndHalvesNoTransaction() throws Exception {
        long seed = 20261124;
        Random random = new Random(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            live(kill * 10_000_000L, random.nextInt(LIFE_MILLIS_MAX));
            if (kill % 10 == 0) {
                verify("seed " + seed + ", kill " + kill);
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS * 10);
        assertThat(refused).isEmpty();
    }

    private void live(long firstId, int millis) throws Exception {
        Process victim =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashVictim.class.getName(),
                                directory.toString(),
                                Long.toString(firstId))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8));
        // Its life begins when it has acknowledged something.
        read(lines.readLine());
        Thread killer =
                Thread.ofPlatform()
                        .start(() -> {
                            LockSupport.parkNanos(millis * 1_000_000L);
                            victim.toHandle().destroyForcibly();
                        });
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read(line);
        }
        killer.join();
        victim.waitFor();
    }

    private void read(String line) {
        assertThat(line).as("the victim lives").isNotNull();
        if (line.startsWith("refused")) {
            refused.add(line);
        } else if (line.chars().allMatch(c -> Character.isDigit(c))) {
            acknowledged.add(Long.parseLong(line));
        }
    }

    private void verify(String round) throws IOException {
        try (DurableDatabase database = new DurableDatabase(directory, CrashVictim.PARTITIONS);
                TestSession session = database.session()) {
            Set<Long> found = new HashSet<>();
            Set<Long> pairs = new HashSet<>();
            for (String row : session.run("SELECT id, pair FROM t")) {
                List<String> columns = List.of(row.split("\\|"));
                found.add(Long.parseLong(columns.get(0)));
                if (!columns.get(1).equals("0")) {
                    pairs.add(Long.parseLong(columns.get(1)));
                }
            }
            assertThat(found).as("acknowledged rows, %s", round).containsAll(acknowledged);
            assertThat(found).as("both rows of a pair or none, %s", round).containsAll(pairs);
        }
    }
}
