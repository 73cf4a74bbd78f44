package io.faraddb.engine.replication;

import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.log.RecordingListener;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A process with a whole group that appends and says what is acknowledged, until it is killed. */
final class RatisCrashVictim {

    static final int PARTITION = 0;

    private static final int LARGE_BYTES = 900_000;

    private RatisCrashVictim() {}

    /** An entry that tells by itself whether it is whole. */
    static byte[] entry(long number) {
        Random random = new Random(number);
        byte[] entry = new byte[random.nextInt(50) == 0 ? LARGE_BYTES : 8 + random.nextInt(3000)];
        random.nextBytes(entry);
        ByteBuffer.wrap(entry).putLong(0, number);
        return entry;
    }

    /** The number alone: all lives together write more than a heap holds. */
    static byte[] kept(byte[] entry) {
        return Arrays.copyOf(entry, Long.BYTES);
    }

    static long numberOf(byte[] entry) {
        return ByteBuffer.wrap(entry).getLong(0);
    }

    /**
     * @param arguments the directory, the members, and the first number to append
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        TestGroup group =
                new TestGroup(
                        Path.of(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        false,
                        TestGroup.SETTINGS.withSegmentBytes(1 << 20),
                        () -> new RecordingListener(RatisCrashVictim::kept));
        for (int member = 0; member < group.size(); member++) {
            group.open(member);
        }
        for (int member = 0; member < group.size(); member++) {
            group.start(member, PARTITION, LogPosition.START);
        }
        long number = Long.parseLong(arguments[2]);
        while (true) {
            int leader = group.leader();
            if (leader < 0) {
                group.listener(0).awaitNews(1);
                checkAlive(group, out);
            } else {
                number = append(group, leader, number, out);
            }
        }
    }

    private static void checkAlive(TestGroup group, PrintStream out) {
        for (int member = 0; member < group.size(); member++) {
            Throwable failure = group.listener(member).failure();
            if (failure != null) {
                out.println("failed " + failure);
                System.exit(1);
            }
        }
    }

    /** Two entries, as a site has them under way. */
    private static long append(TestGroup group, int leader, long number, PrintStream out) {
        PartitionLog log = group.startedLog(leader, PARTITION);
        RecordingListener listener = group.listener(leader);
        long next = listener.last().index() + 1;
        CompletableFuture<?>[] appends = new CompletableFuture<?>[2];
        for (int i = 0; i < appends.length; i++) {
            long own = number + i;
            appends[i] =
                    log.append(new LogPosition(listener.term(), next + i), entry(own))
                            .handle((position, failure) -> {
                                out.println(
                                        failure == null
                                                ? position.index() + " " + own
                                                : "refused " + failure);
                                return position;
                            });
        }
        CompletableFuture.allOf(appends).join();
        return number + appends.length;
    }
}
