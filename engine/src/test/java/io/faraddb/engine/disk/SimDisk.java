package io.faraddb.engine.disk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that forgets what was not synced, when it is told to crash, and fails when it is
 * told to fail. A process uses it through a {@link #mount}: after a crash, the mount and the files
 * opened through it fail, and the next process mounts what the disk has kept.
 */
public final class SimDisk {

    /** What a disk writes in one piece. */
    private static final int SECTOR_BYTES = 512;

    private final Map<String, Node> names = new HashMap<>();
    private final Map<String, Node> durableNames = new HashMap<>();
    private final List<Runnable> unsyncedNames = new ArrayList<>();
    private int life;
    private long capacity = Long.MAX_VALUE;
    private @Nullable RandomGenerator shortWrites;
    private int syncsToFail;
    private int writeFailsAfter = -1;
    private @Nullable IOException writeFailure;
    private Duration syncDuration = Duration.ZERO;
    private @Nullable Crash crashAtSync;
    private int syncsBeforeCrash;
    private @Nullable Crash crashAtNamesSync;
    private int namesSyncsBeforeCrash;
    private int syncs;
    private int syncedBytesMax;

    /** What is left of writes and names that were not synced. */
    public sealed interface Crash {
        /** Power is lost, and nothing of it had reached the disk. */
        record LosingAll() implements Crash {}

        /** Only the process ends. */
        record KeepingAll() implements Crash {}

        /** Power is lost after so many bytes of it, in the order of writing. */
        record KeepingBytes(int bytes) implements Crash {}

        /** Power is lost, and any sectors of it had reached the disk. */
        record KeepingSome(RandomGenerator random) implements Crash {}

        /**
         * @param bytesMax what KeepingBytes keeps is less
         */
        static Crash any(RandomGenerator random, int bytesMax) {
            return switch (random.nextInt(4)) {
                case 0 -> new LosingAll();
                case 1 -> new KeepingAll();
                case 2 -> new KeepingBytes(random.nextInt(bytesMax));
                default -> new KeepingSome(random);
            };
        }
    }

    private record Write(int position, byte[] bytes) {}

    private static final class Node {
        private byte[] content = {};
        private byte[] durable = {};
        private final List<Write> unsynced = new ArrayList<>();

        static byte[] apply(byte[] content, int position, byte[] bytes, int from, int to) {
            if (to <= from) {
                return content;
            }
            byte[] result =
                    content.length < position + to
                            ? Arrays.copyOf(content, position + to)
                            : content;
            System.arraycopy(bytes, from, result, position + from, to - from);
            return result;
        }

        int unsyncedBytes() {
            return unsynced.stream().mapToInt(write -> write.bytes().length).sum();
        }

        void sync() {
            for (Write write : unsynced) {
                durable = apply(durable, write.position(), write.bytes(), 0, write.bytes().length);
            }
            unsynced.clear();
        }
    }

    // What a test does.

    /** Bytes that all files together may have. */
    public synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /** Bytes that all files together have. */
    public synchronized long used() {
        return names.values().stream().mapToLong(node -> node.content.length).sum();
    }

    /** Writes write less than they are asked to, from now on. */
    public synchronized void shortWrites(RandomGenerator random) {
        shortWrites = random;
    }

    /** The next syncs of files fail, and what they should have synced will never be. */
    public synchronized void failSyncs(int count) {
        syncsToFail = count;
    }

    /** The next write fails after it has written some bytes. */
    public synchronized void failWriteAfter(int bytes, IOException failure) {
        writeFailsAfter = bytes;
        writeFailure = failure;
    }

    /** Instead of the next sync of a file comes a crash. */
    public void crashAtSync(Crash crash) {
        crashAtSync(0, crash);
    }

    /** After some more syncs of files, instead of the next one, comes a crash. */
    public synchronized void crashAtSync(int after, Crash crash) {
        syncsBeforeCrash = after;
        crashAtSync = crash;
    }

    /** A sync of a file takes so long from now on; those of names do not. */
    public synchronized void slowSyncs(Duration duration) {
        syncDuration = duration;
    }

    /** After some more syncs of the names, instead of the next one, comes a crash. */
    public synchronized void crashAtNamesSync(int after, Crash crash) {
        namesSyncsBeforeCrash = after;
        crashAtNamesSync = crash;
    }

    /** Takes back all faults that have not happened yet. */
    public synchronized void repair() {
        capacity = Long.MAX_VALUE;
        syncsToFail = 0;
        writeFailure = null;
        crashAtSync = null;
        crashAtNamesSync = null;
        syncDuration = Duration.ZERO;
    }

    public synchronized int syncs() {
        return syncs;
    }

    /** The most that one sync of a file made durable. */
    public synchronized int syncedBytesMax() {
        return syncedBytesMax;
    }

    /** Changes one byte, durably. */
    public synchronized void flip(String name, int position, int mask) {
        Node node = names.get(name);
        if (node == null) {
            throw new AssertionError("no file " + name);
        }
        node.content[position] ^= (byte) mask;
        node.durable[position] ^= (byte) mask;
    }

    /** Names of all files. */
    public synchronized List<String> names() {
        return List.copyOf(names.keySet());
    }

    /** A copy of what a reader sees. */
    public synchronized byte[] content(String name) {
        Node node = names.get(name);
        if (node == null) {
            throw new AssertionError("no file " + name);
        }
        return node.content.clone();
    }

    /** A disk of its own with what would be left after a crash; this one goes on. */
    public synchronized SimDisk copy() {
        SimDisk copy = new SimDisk();
        names.forEach((name, node) -> {
            Node copied = new Node();
            copied.content = node.content.clone();
            copied.durable = node.content.clone();
            copy.names.put(name, copied);
            copy.durableNames.put(name, copied);
        });
        return copy;
    }

    public synchronized void crash(Crash crash) {
        life++;
        switch (crash) {
            case Crash.KeepingAll() -> {
                // The system's cache lives on.
            }
            case Crash.LosingAll() -> keepBytes(0);
            case Crash.KeepingBytes(int bytes) -> keepBytes(bytes);
            case Crash.KeepingSome(RandomGenerator random) -> keepSome(random);
        }
    }

    private void keepBytes(int bytes) {
        int left = bytes;
        for (Node node : names.values()) {
            for (Write write : node.unsynced) {
                int kept = Math.min(left, write.bytes().length);
                node.durable = Node.apply(node.durable, write.position(), write.bytes(), 0, kept);
                left -= kept;
            }
        }
        forgetTheRest();
    }

    private void keepSome(RandomGenerator random) {
        int keptNames = random.nextInt(unsyncedNames.size() + 1);
        unsyncedNames.subList(0, keptNames).forEach(Runnable::run);
        for (Node node : names.values()) {
            for (Write write : node.unsynced) {
                int length = write.bytes().length;
                int from = 0;
                while (from < length) {
                    int sectorEnd = SECTOR_BYTES - (write.position() + from) % SECTOR_BYTES;
                    int to = Math.min(length, from + sectorEnd);
                    if (random.nextBoolean()) {
                        node.durable =
                                Node.apply(node.durable, write.position(), write.bytes(), from, to);
                    }
                    from = to;
                }
            }
        }
        forgetTheRest();
    }

    private void forgetTheRest() {
        unsyncedNames.clear();
        names.clear();
        names.putAll(durableNames);
        for (Node node : names.values()) {
            node.unsynced.clear();
            node.content = node.durable.clone();
        }
    }

    /** The disk as the process sees that uses it from now on until the next crash. */
    public Disk mount() {
        return mount("");
    }

    /** One of several directories, whose files have names that begin with this. */
    public synchronized Disk mount(String prefix) {
        return new Mount(life, prefix);
    }

    private final class Mount implements Disk {

        private final int bornIn;
        private final String prefix;

        Mount(int bornIn, String prefix) {
            this.bornIn = bornIn;
            this.prefix = prefix;
        }

        private void requireAlive() throws IOException {
            SimDisk.this.requireAlive(bornIn);
        }

        @Override
        public List<String> list() throws IOException {
            synchronized (SimDisk.this) {
                requireAlive();
                return names.keySet().stream()
                        .filter(name -> name.startsWith(prefix))
                        .map(name -> name.substring(prefix.length()))
                        .toList();
            }
        }

        @Override
        public DiskFile create(String plainName) throws IOException {
            String name = prefix + plainName;
            synchronized (SimDisk.this) {
                requireAlive();
                if (names.containsKey(name)) {
                    throw new FileAlreadyExistsException(name);
                }
                Node node = new Node();
                names.put(name, node);
                unsyncedNames.add(() -> durableNames.put(name, node));
                return new SimFile(node, bornIn);
            }
        }

        @Override
        public DiskFile open(String plainName) throws IOException {
            String name = prefix + plainName;
            synchronized (SimDisk.this) {
                requireAlive();
                Node node = names.get(name);
                if (node == null) {
                    throw new FileNotFoundException(name);
                }
                return new SimFile(node, bornIn);
            }
        }

        @Override
        public void rename(String plainFrom, String plainTo) throws IOException {
            String from = prefix + plainFrom;
            String to = prefix + plainTo;
            synchronized (SimDisk.this) {
                requireAlive();
                Node node = names.remove(from);
                if (node == null) {
                    throw new FileNotFoundException(from);
                }
                names.put(to, node);
                unsyncedNames.add(() -> {
                    durableNames.remove(from);
                    durableNames.put(to, node);
                });
            }
        }

        @Override
        public void delete(String plainName) throws IOException {
            String name = prefix + plainName;
            synchronized (SimDisk.this) {
                requireAlive();
                names.remove(name);
                unsyncedNames.add(() -> durableNames.remove(name));
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (SimDisk.this) {
                requireAlive();
                Crash crash = crashAtNamesSync;
                if (crash != null && namesSyncsBeforeCrash-- == 0) {
                    crashAtNamesSync = null;
                    SimDisk.this.crash(crash);
                    throw new IOException("the machine crashes");
                }
                unsyncedNames.forEach(Runnable::run);
                unsyncedNames.clear();
            }
        }

        @Override
        public String toString() {
            return "the simulated disk";
        }
    }

    private void requireAlive(int bornIn) throws IOException {
        if (bornIn != life) {
            throw new IOException("the machine has crashed");
        }
    }

    private final class SimFile implements DiskFile {

        private final Node node;
        private final int bornIn;

        SimFile(Node node, int bornIn) {
            this.node = node;
            this.bornIn = bornIn;
        }

        private void requireAlive() throws IOException {
            SimDisk.this.requireAlive(bornIn);
        }

        @Override
        public long size() throws IOException {
            synchronized (SimDisk.this) {
                requireAlive();
                return node.content.length;
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            synchronized (SimDisk.this) {
                requireAlive();
                int available = node.content.length - (int) position;
                if (available <= 0) {
                    return -1;
                }
                int count = Math.min(available, target.remaining());
                target.put(node.content, (int) position, count);
                return count;
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            synchronized (SimDisk.this) {
                requireAlive();
                int count = source.remaining();
                IOException failure = writeFailure;
                if (failure != null) {
                    count = Math.min(count, writeFailsAfter);
                    writeFailure = null;
                } else if (shortWrites != null && count > 1) {
                    count = shortWrites.nextInt(1, count + 1);
                }
                long growth = Math.max(0, position + count - node.content.length);
                if (used() + growth > capacity) {
                    failure = new DiskFullException("no space left on the simulated disk");
                    count = 0;
                }
                byte[] bytes = new byte[count];
                source.get(bytes);
                node.content = Node.apply(node.content, (int) position, bytes, 0, count);
                node.unsynced.add(new Write((int) position, bytes));
                if (failure != null) {
                    throw failure;
                }
                return count;
            }
        }

        @Override
        public void sync() throws IOException {
            sleepAsLongAsASync();
            synchronized (SimDisk.this) {
                requireAlive();
                syncs++;
                Crash crash = crashAtSync;
                if (crash != null && syncsBeforeCrash-- == 0) {
                    crashAtSync = null;
                    SimDisk.this.crash(crash);
                    throw new IOException("the machine crashes");
                }
                if (syncsToFail > 0) {
                    syncsToFail--;
                    node.unsynced.clear();
                    throw new IOException("the simulated disk can't sync");
                }
                syncedBytesMax = Math.max(syncedBytesMax, node.unsyncedBytes());
                node.sync();
            }
        }

        private void sleepAsLongAsASync() throws IOException {
            Duration duration;
            synchronized (SimDisk.this) {
                duration = syncDuration;
            }
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                throw new ClosedByInterruptException();
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
