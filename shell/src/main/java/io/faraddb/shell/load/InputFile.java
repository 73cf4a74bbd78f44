package io.faraddb.shell.load;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file that is read from beginning to end, unpacked if it is packed by gzip. */
public final class InputFile implements Closeable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_FIRST = 0x1F;
    private static final int GZIP_SECOND = 0x8B;

    private final FileChannel channel;
    private final long bytes;
    private final InputStream stream;

    public InputFile(Path file) throws IOException {
        channel = FileChannel.open(file);
        try {
            bytes = channel.size();
            BufferedInputStream raw =
                    new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES);
            raw.mark(2);
            boolean packed = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
            raw.reset();
            stream = packed ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public InputStream stream() {
        return stream;
    }

    /** As the file has them, packed or not. */
    public long bytes() {
        return bytes;
    }

    /** How many of them have been read; 0 when the file is closed. */
    public long bytesRead() {
        try {
            return channel.isOpen() ? channel.position() : 0;
        } catch (IOException closedMeanwhile) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
        channel.close();
    }
}
