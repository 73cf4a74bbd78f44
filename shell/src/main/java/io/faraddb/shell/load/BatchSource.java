package io.faraddb.shell.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file's rows, cut into batches. */
public interface BatchSource {

    /** The next batch, with a row at least; null at the end. */
    @Nullable Batch next() throws IOException;
}
