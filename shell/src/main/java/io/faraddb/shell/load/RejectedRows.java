package io.faraddb.shell.load;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Rows that did not fit: the rows as the file has them, so that they can be mended and loaded, and
 * beside them a file of reasons, a line each. Both are made with the first of them. For all
 * threads.
 */
public final class RejectedRows implements Closeable {

    private final Path file;
    private final Path reasons;
    private final long max;
    private @Nullable String header;
    private @Nullable Writer rowWriter;
    private @Nullable Writer reasonWriter;
    private long count;

    /**
     * @param loaded the file that is loaded
     * @param max rows that end the load when one more comes
     */
    public RejectedRows(Path loaded, long max) {
        this.file = Path.of(loaded + ".rejected");
        this.reasons = Path.of(loaded + ".rejected.reasons");
        this.max = max;
    }

    public Path file() {
        return file;
    }

    public Path reasons() {
        return reasons;
    }

    public synchronized long count() {
        return count;
    }

    /** The line that comes first in the file of rows. */
    public synchronized void header(@Nullable String line) {
        header = line;
    }

    /**
     * Sets a row aside.
     *
     * @param line where it begins in the file, or its number
     */
    synchronized void add(long line, String row, String reason) throws IOException {
        Writer rows = rowWriter;
        Writer why = reasonWriter;
        if (rows == null || why == null) {
            rows = Files.newBufferedWriter(file);
            rowWriter = rows;
            why = Files.newBufferedWriter(reasons);
            reasonWriter = why;
            if (header != null) {
                rows.write(header + "\n");
            }
        }
        rows.write(row + "\n");
        why.write("line " + line + ": " + reason.replace('\n', ' ') + "\n");
        count++;
        if (count > max) {
            throw new ShellFailure(
                    Exit.PARTIAL,
                    "more than " + max + " rows are rejected: the load ends here",
                    "the reasons are in " + reasons + "; --max-errors allows more");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        Writer rows = rowWriter;
        Writer why = reasonWriter;
        if (rows != null && why != null) {
            try (rows) {
                why.close();
            }
        }
    }
}
