package io.faraddb.engine.snapshot;

import io.faraddb.engine.disk.DiskFullException;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.io.IOException;

/** The sentences with which a snapshot is refused. */
final class SnapshotErrors {

    private SnapshotErrors() {}

    static SqlException damaged(String file, long offset, String what) {
        return new SqlException(
                        ErrorCode.DATA_CORRUPTED,
                        "The snapshot file " + file + " is damaged at byte " + offset + ": " + what)
                .hint("Nothing of it was used. Put the file back from a copy, or use another.");
    }

    static SqlException deleted(long snapshot) {
        return new SqlException(
                ErrorCode.UNDEFINED_OBJECT,
                "Snapshot " + snapshot + " was deleted while it was read");
    }

    static SqlException failed(String what, IOException cause) {
        return cause instanceof DiskFullException
                ? new SqlException(ErrorCode.DISK_FULL, what)
                        .detail(String.valueOf(cause.getMessage()))
                : new SqlException(ErrorCode.IO_ERROR, what).detail(cause.toString());
    }

    static SqlException cancelled() {
        return new SqlException(ErrorCode.QUERY_CANCELED, "The snapshot was cancelled");
    }
}
