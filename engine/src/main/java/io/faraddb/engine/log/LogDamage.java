package io.faraddb.engine.log;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;

/** The sentences with which a damaged log is refused. */
final class LogDamage {

    private static final String HINT =
            "Nothing of it was replayed. Check the disk; put the file back from a copy, or start"
                    + " this node with an empty log directory and restore a snapshot.";

    private LogDamage() {}

    static SqlException at(Disk disk, String file, long offset, String what) {
        return new SqlException(
                        ErrorCode.DATA_CORRUPTED,
                        "The log file "
                                + file
                                + " in "
                                + disk
                                + " is damaged at byte "
                                + offset
                                + ": "
                                + what)
                .hint(HINT);
    }

    static SqlException missing(Disk disk, String file) {
        return new SqlException(
                        ErrorCode.DATA_CORRUPTED,
                        "The log file " + file + " in " + disk + " is missing")
                .hint(HINT);
    }
}
