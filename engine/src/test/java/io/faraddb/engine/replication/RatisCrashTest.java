package io.faraddb.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.RecordingListener;
import io.faraddb.engine.log.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a process with a group in it at random moments; what it acknowledged has to be there. */
class RatisCrashTest {

    private static final int KILLS = 15;

    /** Less than all lives together write: what is replayed is not to be kept. */
    private static final String HEAP = "-Xmx300m";

    private static final int LIFE_MILLIS_MAX = 1500;
    private static final long BROKEN = -1;

    @TempDir Path directory = Path.of("");

    private final Map<Long, Long> acknowledged = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    @Tag("slow")
    void killingTheProcessLosesNothingAcknowledged(int members) throws Exception {
        Random random = new Random(20261127);
        for (int kill = 1; kill <= KILLS; kill++) {
            live(members, kill * 1_000_000L, random.nextInt(LIFE_MILLIS_MAX));
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS * 10);
        verify(members);
    }

    private void live(int members, long firstNumber, int millis) throws Exception {
        Process victim =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                HEAP,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RatisCrashVictim.class.getName(),
                                directory.toString(),
                                Integer.toString(members),
                                Long.toString(firstNumber))
                        .redirectError(errors().toFile())
                        .start();
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8));
        // Its life begins when it has acknowledged something.
        String first = read(lines);
        assertThat(first).as(this::said).isNotNull();
        Thread killer =
                Thread.ofPlatform()
                        .start(() -> {
                            LockSupport.parkNanos(millis * 1_000_000L);
                            victim.toHandle().destroyForcibly();
                        });
        String line = first;
        while (line != null) {
            String[] words = line.split(" ");
            if (words.length == 2 && words[0].chars().allMatch(Character::isDigit)) {
                acknowledged.put(Long.parseLong(words[0]), Long.parseLong(words[1]));
            }
            line = read(lines);
        }
        killer.join();
        victim.waitFor();
    }

    /** Skips what logging prints; the last line may be cut short, and then it says nothing. */
    private @Nullable String read(BufferedReader lines) throws Exception {
        String line = lines.readLine();
        while (line != null && !line.matches("\\d+ \\d+")) {
            assertThat(line).as(this::said).doesNotStartWith("refused").doesNotStartWith("failed");
            line = lines.readLine();
        }
        return line;
    }

    private Path errors() {
        return directory.resolveSibling(directory.getFileName() + ".err");
    }

    private String said() {
        try {
            return Files.readString(errors());
        } catch (IOException missing) {
            return missing.toString();
        }
    }

    private void verify(int members) throws Exception {
        try (TestGroup group =
                new TestGroup(
                        directory,
                        members,
                        false,
                        TestGroup.SETTINGS,
                        () -> new RecordingListener(RatisCrashTest::checked))) {
            for (int member = 0; member < members; member++) {
                group.open(member);
            }
            for (int member = 0; member < members; member++) {
                group.start(member, RatisCrashVictim.PARTITION, LogPosition.START);
            }
            group.awaitEqual();
            for (int member = 0; member < members; member++) {
                RecordingListener listener = group.listener(member);
                Waiting.until(listener, () -> listener.replayed() != null);
                verify(listener);
            }
        }
    }

    /** Keeps an entry's number, if it is whole. */
    private static byte[] checked(byte[] entry) {
        long number = RatisCrashVictim.numberOf(entry);
        return Arrays.equals(entry, RatisCrashVictim.entry(number))
                ? RatisCrashVictim.kept(entry)
                : ByteBuffer.allocate(Long.BYTES).putLong(0, BROKEN).array();
    }

    private void verify(RecordingListener listener) {
        List<byte[]> numbers = listener.entries();
        for (int i = 0; i < listener.count(); i++) {
            long number = RatisCrashVictim.numberOf(numbers.get(i));
            assertThat(number).as("entry %d is as it was written", i + 1).isNotEqualTo(BROKEN);
            Long said = acknowledged.get(i + 1L);
            assertThat(said == null || said == number).as("entry %d", i + 1).isTrue();
        }
        assertThat(acknowledged.keySet()).allMatch(index -> index <= listener.count());
    }
}
