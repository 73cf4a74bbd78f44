package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command at a terminal, as the program script makes one, with somebody who types and reads. */
final class Terminal implements AutoCloseable {

    private static final long WAIT_SECONDS_MAX = 60;
    private static final int PRESSES_MAX = 30;

    private final Process process;
    private final Thread reader;
    private final StringBuilder screen = new StringBuilder();
    private boolean ended;
    private int read;

    Terminal(Path directory, Map<String, String> environment, String command) throws IOException {
        String script = OutsideProgram.find("script", "bsdutils").toString();
        ProcessBuilder builder =
                new ProcessBuilder(
                                script, "-qfec", "stty cols 120 rows 40; " + command, "/dev/null")
                        .directory(directory.toFile())
                        .redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(environment);
        process = builder.start();
        reader = Thread.ofPlatform().name("terminal").start(this::readAll);
    }

    private void readAll() {
        char[] part = new char[4096];
        try (Reader in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            int count = in.read(part);
            while (count >= 0) {
                add(new String(part, 0, count), false);
                count = in.read(part);
            }
            add("", true);
        } catch (IOException e) {
            add(e.toString(), true);
        }
    }

    private synchronized void add(String part, boolean last) {
        screen.append(part);
        ended = last;
        notifyAll();
    }

    /** Types, without the key at the end. */
    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Types a line. */
    void enter(String line) throws IOException {
        type(line + "\r");
    }

    /** Waits until this appears below what was awaited before. */
    void await(String text) throws InterruptedException {
        assertThat(appears(text, WAIT_SECONDS_MAX)).as("%s in:%n%s", text, this).isTrue();
    }

    /** Presses a key each second until this appears. */
    void pressUntil(String key, String text) throws IOException, InterruptedException {
        int presses = 0;
        do {
            assertThat(presses++).as("%s in:%n%s", text, this).isLessThan(PRESSES_MAX);
            type(key);
        } while (!appears(text, 1));
    }

    private synchronized boolean appears(String text, long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int at = screen.indexOf(text, read);
        while (at < 0) {
            long nanos = deadline - System.nanoTime();
            if (ended || nanos <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
            at = screen.indexOf(text, read);
        }
        read = at + text.length();
        return true;
    }

    /** How the command ended by itself. */
    int exit() throws InterruptedException {
        assertThat(process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).as(this::toString).isTrue();
        return process.exitValue();
    }

    @Override
    public synchronized String toString() {
        return screen.toString();
    }

    @Override
    public void close() {
        for (ProcessHandle child : List.copyOf(process.descendants().toList())) {
            child.destroyForcibly();
        }
        process.destroyForcibly();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
