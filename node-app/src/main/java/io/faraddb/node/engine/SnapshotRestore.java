package io.faraddb.node.engine;

import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.snapshot.SnapshotManifest;
import io.faraddb.engine.snapshot.SnapshotSettings;
import io.faraddb.engine.snapshot.SnapshotStore;
import io.faraddb.engine.time.SystemTime;
import io.faraddb.node.config.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts a snapshot in the place of all that a node holds, when the node starts.
 *
 * <p>What is to be there then lies ready in a directory of the data directory, whole, since a
 * rename makes it appear. The start moves the log and the snapshots aside, one rename each, and
 * gives the directory the name of the snapshots. A start that is killed between two renames is
 * taken up by the next one: the directory keeps its name until all else is done.
 *
 * <pre>
 * restore/     files of the snapshot, and of those before it that somebody keeps
 * set-aside/   what was there before, by the time of the wish
 * </pre>
 */
@Component
public final class SnapshotRestore {

    private static final String READY = "restore";
    private static final String UNFINISHED = "restore.new";
    private static final String SET_ASIDE = "set-aside";
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path dataDir;

    public SnapshotRestore(DataDirectory directory) {
        this.dataDir = directory.path();
    }

    /**
     * Makes ready what the next start is to find, in the place of an earlier wish.
     *
     * @param snapshots the one to restore and others to keep; all of them older
     */
    public synchronized void request(List<SnapshotManifest> snapshots) throws IOException {
        withdraw();
        Path unfinished = dataDir.resolve(UNFINISHED);
        Files.createDirectory(unfinished);
        for (SnapshotManifest snapshot : snapshots) {
            for (String name : snapshot.fileNames()) {
                link(dataDir.resolve(LocalFiles.SNAPSHOTS).resolve(name), unfinished.resolve(name));
            }
        }
        FileDisk.sync(unfinished);
        rename(unfinished, dataDir.resolve(READY));
        FileDisk.sync(dataDir);
    }

    /** Files of snapshots never change: a second name of one is as good as a copy. */
    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException e) {
            Files.copy(from, to);
            try (FileChannel copy = FileChannel.open(to, StandardOpenOption.WRITE)) {
                copy.force(true);
            }
        }
    }

    /** The snapshot that the next start restores; null if it restores none. */
    public @Nullable Long requested() {
        Path ready = dataDir.resolve(READY);
        if (!Files.isDirectory(ready)) {
            return null;
        }
        try {
            return new SnapshotStore(
                            new FileDisk(ready), SystemTime.INSTANCE, SnapshotSettings.DEFAULT)
                    .snapshots()
                    .getLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the wish back, if there is one. */
    public synchronized void withdraw() throws IOException {
        Path unfinished = dataDir.resolve(UNFINISHED);
        deleteFlat(unfinished);
        Path ready = dataDir.resolve(READY);
        if (Files.isDirectory(ready)) {
            // Half of it must never lie there under this name.
            rename(ready, unfinished);
            FileDisk.sync(dataDir);
            deleteFlat(unfinished);
        }
    }

    private static void deleteFlat(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /**
     * Does what is asked for. To be called before the files are opened.
     *
     * @return where everything from before is now; null if nothing was asked for
     */
    @Nullable Path apply() throws IOException {
        Path ready = dataDir.resolve(READY);
        if (!Files.isDirectory(ready)) {
            return null;
        }
        Instant asked = Files.getLastModifiedTime(ready).toInstant();
        Path aside = dataDir.resolve(SET_ASIDE).resolve(MOMENT.format(asked));
        Files.createDirectories(aside);
        for (String name : List.of(LocalFiles.LOG, LocalFiles.SNAPSHOTS)) {
            if (Files.exists(dataDir.resolve(name))) {
                rename(dataDir.resolve(name), aside.resolve(name));
            }
        }
        FileDisk.sync(aside);
        FileDisk.sync(dataDir);
        rename(ready, dataDir.resolve(LocalFiles.SNAPSHOTS));
        FileDisk.sync(dataDir);
        return aside;
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
