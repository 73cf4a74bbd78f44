package io.faraddb.engine.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** A real directory. */
public final class FileDisk implements Disk {

    private final Path directory;

    /** Makes the directory, durably, if it is not there. */
    public FileDisk(Path directory) throws IOException {
        this.directory = directory;
        createDirectories(directory.toAbsolutePath().normalize());
    }

    /**
     * Makes a directory and those above it, each named durably in the one above.
     *
     * @param directory absolute
     */
    public static void createDirectories(Path directory) throws IOException {
        Path above = directory.getParent();
        if (above == null || Files.isDirectory(directory)) {
            return;
        }
        createDirectories(above);
        Files.createDirectories(directory);
        sync(above);
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Override
    public DiskFile create(String name) throws IOException {
        try {
            return new ChannelFile(
                    FileChannel.open(
                            directory.resolve(name),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw explained(e, 0);
        }
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return new ChannelFile(
                FileChannel.open(
                        directory.resolve(name),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                directory.resolve(from),
                directory.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The name goes at once and durably, then the bytes step by step, unless the file has another
     * name somewhere.
     */
    @Override
    public void delete(String name) throws IOException {
        Path file = directory.resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            boolean inSteps = channel.size() > STEP_BYTES && !hasOtherNames(file);
            Files.delete(file);
            if (inSteps) {
                sync();
                shrink(channel);
            }
        } catch (NoSuchFileException gone) {
            // As it should be.
        }
    }

    /** A copy of snapshots by hard links must stay whole. */
    private static boolean hasOtherNames(Path file) throws IOException {
        return !Objects.equals(Files.getAttribute(file, "unix:nlink"), 1);
    }

    private static void shrink(FileChannel channel) throws IOException {
        for (long size = channel.size() - STEP_BYTES; size > 0; size -= STEP_BYTES) {
            channel.truncate(size);
            channel.force(false);
        }
    }

    @Override
    public void sync() throws IOException {
        sync(directory);
    }

    /** Makes durable which names a directory has. */
    public static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    /**
     * Java has no type for a full disk, and the system's text may be translated: so the free space
     * is asked for too.
     */
    private IOException explained(IOException failure, int wantedBytes) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = text.contains("no space left") || text.contains("quota exceeded");
        if (!full) {
            try {
                full = Files.getFileStore(directory).getUsableSpace() < wantedBytes;
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        return full
                ? new DiskFullException("no space left for files in " + directory, failure)
                : failure;
    }

    private final class ChannelFile implements DiskFile {

        private final FileChannel channel;

        ChannelFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int wanted = source.remaining();
            try {
                return channel.write(source, position);
            } catch (IOException e) {
                throw explained(e, wanted);
            }
        }

        /** Of the metadata only what is needed to read the bytes again. */
        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
