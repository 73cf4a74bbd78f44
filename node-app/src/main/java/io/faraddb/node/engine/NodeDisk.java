package io.faraddb.node.engine;

import io.faraddb.node.config.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import org.springframework.stereotype.Component;

/** The disk that the data directory is on. */
@Component
public final class NodeDisk {

    private final DataDirectory directory;

    public NodeDisk(DataDirectory directory) {
        this.directory = directory;
    }

    /** What this process may still write there. */
    public long freeBytes() {
        try {
            return store().getUsableSpace();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public long totalBytes() {
        try {
            return store().getTotalSpace();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private FileStore store() throws IOException {
        return Files.getFileStore(directory.path());
    }
}
