package io.faraddb.node.config;

import io.faraddb.engine.disk.FileDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The directory of everything that a node keeps. Only one process has it at a time.
 *
 * <pre>
 * farad.lock       held while a node runs
 * farad.pid        its process
 * endpoints.json   its ports, while it runs
 * certificate.pem  its certificate, without the key, if it encrypts
 * admin.password   the random password of admin, if the first start made one
 * farad.properties more configuration, if somebody put it there
 * .s.PGSQL.PORT    its Unix-domain socket, while it runs
 * log/             farad.log
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;
    private final FileChannel lockChannel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel lockChannel, FileLock lock) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /**
     * Makes the directory if need be and takes it.
     *
     * @throws StartFailure with exit code 73 if that can't be done or another node has it
     */
    public static DataDirectory open(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            FileDisk.createDirectories(path);
            Files.createDirectories(path.resolve("log"));
            FileChannel channel =
                    FileChannel.open(
                            path.resolve("farad.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartFailure(
                        StartFailure.CANNOT_CREATE,
                        "another node" + runningAs(path) + " uses the data directory " + path,
                        "Stop it with farad stop, or start this one with another --data-dir.");
            }
            DataDirectory opened = new DataDirectory(path, channel, lock);
            opened.write("farad.pid", ProcessHandle.current().pid() + "\n", false);
            return opened;
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.CANNOT_CREATE,
                    "cannot create the data directory " + path + ": " + reason(e),
                    "Make it writable for this user, or start with another --data-dir.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static String runningAs(Path path) {
        try {
            return " (process " + Files.readString(path.resolve("farad.pid")).strip() + ")";
        } catch (IOException unknown) {
            return "";
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException place && place.getReason() == null) {
            return e.getClass().getSimpleName() + " " + e.getMessage();
        }
        return String.valueOf(e.getMessage());
    }

    public Path path() {
        return path;
    }

    /** Tells other programs on the machine where the node listens. */
    public void writeEndpoints(Map<String, Integer> ports) throws IOException {
        String fields =
                ports.entrySet().stream()
                        .map(port -> "\"" + port.getKey() + "\":" + port.getValue())
                        .collect(Collectors.joining(","));
        long process = ProcessHandle.current().pid();
        write("endpoints.json", "{" + fields + ",\"pid\":" + process + "}\n", false);
    }

    /**
     * Lets other programs on the machine know this node by its certificate.
     *
     * @param pem null if it does not encrypt
     */
    public void writeCertificate(@Nullable String pem) throws IOException {
        if (pem == null) {
            Files.deleteIfExists(path.resolve("certificate.pem"));
        } else {
            write("certificate.pem", pem, false);
        }
    }

    /** The password that an earlier start made up; null if it was given. */
    public @Nullable String readAdminPassword() throws IOException {
        Path file = path.resolve("admin.password");
        return Files.exists(file) ? Files.readString(file).strip() : null;
    }

    public void writeAdminPassword(String password) throws IOException {
        write("admin.password", password + "\n", true);
    }

    /** Writes aside and renames: nobody reads half a file. */
    private void write(String name, String content, boolean secret) throws IOException {
        Path aside = path.resolve(name + ".new");
        Files.deleteIfExists(aside);
        if (secret && Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.createFile(aside, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Files.writeString(aside, content, StandardCharsets.UTF_8);
        try {
            Files.move(
                    aside,
                    path.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(aside, path.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Gives the directory back. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path.resolve("endpoints.json"));
        Files.deleteIfExists(path.resolve("farad.pid"));
        lock.release();
        lockChannel.close();
    }
}
