package io.faraddb.shell.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a file. */
public interface SourceRows extends Closeable {

    /** The next row, or null after the last. */
    @Nullable SourceRow next() throws IOException;

    /** The names that the file states before its first row; empty where each row has its own. */
    Set<String> names();
}
