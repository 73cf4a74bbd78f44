package io.faraddb.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest {

    @Test
    void largeFileIsDeletedInSteps(@TempDir Path directory) throws Exception {
        FileDisk disk = new FileDisk(directory);
        try (DiskFile file = disk.create("large")) {
            file.writeFully(ByteBuffer.allocate(5 * Disk.STEP_BYTES + 1), 0);
        }
        try (FileChannel witness =
                FileChannel.open(directory.resolve("large"), StandardOpenOption.READ)) {
            disk.delete("large");
            assertThat(disk.list()).isEmpty();
            assertThat(witness.size()).isEqualTo(1);
        }
    }

    @Test
    void copyByAHardLinkStaysWhole(@TempDir Path directory) throws Exception {
        FileDisk disk = new FileDisk(directory.resolve("snapshots"));
        try (DiskFile file = disk.create("large")) {
            file.writeFully(ByteBuffer.allocate(5 * Disk.STEP_BYTES), 0);
        }
        Path copy = directory.resolve("copy");
        Files.createLink(copy, directory.resolve("snapshots/large"));
        disk.delete("large");
        assertThat(disk.list()).isEmpty();
        assertThat(Files.size(copy)).isEqualTo(5 * Disk.STEP_BYTES);
    }

    @Test
    void readerOfASmallFileThatIsDeletedReadsOn(@TempDir Path directory) throws Exception {
        FileDisk disk = new FileDisk(directory);
        try (DiskFile file = disk.create("small")) {
            file.writeFully(ByteBuffer.allocate(Disk.STEP_BYTES), 0);
            disk.delete("small");
            assertThat(file.size()).isEqualTo(Disk.STEP_BYTES);
        }
        assertThat(disk.list()).isEmpty();
    }

    @Test
    void whatIsNotThereIsDeletedAlready(@TempDir Path directory) throws Exception {
        FileDisk disk = new FileDisk(directory);
        disk.delete("nothing");
        assertThat(disk.list()).isEmpty();
    }
}
