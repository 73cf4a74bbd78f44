package io.faraddb.engine.replication;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.DiskFile;
import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The marks of a replica on disk. Ratis ships whatever stands under a snapshot's name, half-written
 * or not: so a mark is written aside, synced and renamed before Ratis hears of it, and one that
 * does not read as a mark is refused.
 */
final class SnapshotMarks implements StateMachineStorage {

    static final String PREFIX = "mark-";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotMarks.class);
    private static final String ASIDE = "new-mark";

    private final Path directory;
    private final Disk disk;
    private volatile @Nullable SnapshotMark latest;
    private volatile @Nullable SnapshotInfo latestInfo;

    /** Reads those of earlier runs, which may have ended before their marks were durable. */
    SnapshotMarks(Path directory) throws IOException {
        this.directory = directory;
        this.disk = new FileDisk(directory);
        adopt();
    }

    @Nullable SnapshotMark latest() {
        return latest;
    }

    /** Makes a mark durable, then known. */
    synchronized void write(SnapshotMark mark) throws IOException {
        SnapshotMark before = latest;
        if (before != null && before.record().getIndex() >= mark.record().getIndex()) {
            return;
        }
        disk.delete(ASIDE);
        try (DiskFile file = disk.create(ASIDE)) {
            file.writeFully(ByteBuffer.wrap(mark.encode()), 0);
            file.sync();
        }
        disk.rename(ASIDE, mark.fileName());
        disk.sync();
        publish(mark);
        deleteAllBut(mark);
    }

    /**
     * Takes over what Ratis has put here. It does not sync what it receives, so that is done now.
     */
    synchronized void adopt() throws IOException {
        for (String name : disk.list()) {
            try (DiskFile file = disk.open(name)) {
                file.sync();
            }
        }
        disk.sync();
        FileDisk.sync(directory.resolveSibling("."));
        load();
    }

    private void load() throws IOException {
        SnapshotMark newest = null;
        for (String name : disk.list()) {
            if (isMark(name)) {
                SnapshotMark mark = read(name);
                if (newest == null || newest.record().getIndex() < mark.record().getIndex()) {
                    newest = mark;
                }
            }
        }
        if (newest != null) {
            publish(newest);
        }
    }

    private static boolean isMark(String name) {
        return name.startsWith(PREFIX) && name.indexOf('.') < 0;
    }

    private SnapshotMark read(String name) throws IOException {
        byte[] bytes;
        try (DiskFile file = disk.open(name)) {
            bytes = new byte[(int) Math.min(file.size(), SnapshotMark.BYTES + 1)];
            file.readFully(ByteBuffer.wrap(bytes), 0);
        }
        SnapshotMark mark = SnapshotMark.decode(bytes);
        if (mark == null || !mark.fileName().equals(name)) {
            throw new SqlException(
                            ErrorCode.DATA_CORRUPTED,
                            "The file "
                                    + name
                                    + " in "
                                    + directory
                                    + " is damaged: it does not say where the log begins")
                    .hint("Put the file back from a copy, or remove this replica and add it anew.");
        }
        return mark;
    }

    private void publish(SnapshotMark mark) throws IOException {
        Path file = directory.resolve(mark.fileName());
        FileInfo info = new FileInfo(file, MD5FileUtil.computeMd5ForFile(file.toFile()));
        latest = mark;
        latestInfo = new FileListSnapshotInfo(List.of(info), mark.record());
    }

    private void deleteAllBut(SnapshotMark mark) {
        try {
            for (String name : disk.list()) {
                if (name.startsWith(PREFIX) && !name.equals(mark.fileName())) {
                    disk.delete(name);
                }
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("Old marks in {} were not deleted", directory);
        }
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return latestInfo;
    }

    @Override
    public void init(RaftStorage storage) {
        // They are read already, and where Ratis looks for them.
    }

    @Override
    public void format() {
        // There is nothing to format.
    }

    @Override
    public void cleanupOldSnapshots(@Nullable SnapshotRetentionPolicy policy) {
        // Old ones go when a new one is written.
    }
}
