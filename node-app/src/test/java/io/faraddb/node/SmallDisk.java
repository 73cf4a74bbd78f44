package io.faraddb.node;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.DiskFile;
import io.faraddb.engine.disk.DiskFullException;
import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.log.LocalLogSettings;
import io.faraddb.engine.log.LocalLogStore;
import io.faraddb.engine.snapshot.SnapshotSettings;
import io.faraddb.engine.snapshot.SnapshotStore;
import io.faraddb.engine.time.SystemTime;
import io.faraddb.node.engine.NodeFiles;
import io.faraddb.node.engine.OpenedLocalFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A node's files on a real disk, of which others leave only so many bytes. */
final class SmallDisk implements NodeFiles {

    /** Small, so that a test meets the end of many. */
    private static final int SEGMENT_BYTES = 256 << 10;

    private final Limited wal;
    private final Limited snapshots;
    private volatile long room;

    SmallDisk(Path dataDir, long room) throws IOException {
        this.wal = new Limited(new FileDisk(dataDir.resolve("wal")));
        this.snapshots = new Limited(new FileDisk(dataDir.resolve("snapshots")));
        this.room = room;
    }

    /** What the node's files may take, together. */
    void room(long bytes) {
        room = bytes;
    }

    @Override
    public Opened open() throws IOException {
        LocalLogStore logs =
                LocalLogStore.open(
                        wal,
                        LocalLogSettings.DEFAULT.withSegmentBytes(SEGMENT_BYTES),
                        SystemTime.INSTANCE);
        SnapshotStore store =
                new SnapshotStore(snapshots, SystemTime.INSTANCE, new SnapshotSettings(2, 0));
        return new OpenedLocalFiles(logs, store);
    }

    private long used() throws IOException {
        return wal.used() + snapshots.used();
    }

    private void checkRoomFor(long growth) throws IOException {
        if (growth > 0 && used() + growth > room) {
            throw new DiskFullException("no space left for " + growth + " bytes");
        }
    }

    private final class Limited implements Disk {

        private final Disk disk;

        Limited(Disk disk) {
            this.disk = disk;
        }

        long used() throws IOException {
            long bytes = 0;
            for (String name : disk.list()) {
                try (DiskFile file = disk.open(name)) {
                    bytes += file.size();
                }
            }
            return bytes;
        }

        @Override
        public List<String> list() throws IOException {
            return disk.list();
        }

        @Override
        public DiskFile create(String name) throws IOException {
            return new LimitedFile(disk.create(name));
        }

        @Override
        public DiskFile open(String name) throws IOException {
            return new LimitedFile(disk.open(name));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            disk.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            disk.delete(name);
        }

        @Override
        public void sync() throws IOException {
            disk.sync();
        }

        @Override
        public String toString() {
            return disk.toString();
        }
    }

    private final class LimitedFile implements DiskFile {

        private final DiskFile file;

        LimitedFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            checkRoomFor(position + source.remaining() - file.size());
            return file.write(source, position);
        }

        @Override
        public void sync() throws IOException {
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
