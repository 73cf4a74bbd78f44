package io.faraddb.engine.snapshot;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;

/**
 * How snapshots are kept.
 *
 * @param keep whole snapshots that stay, beside those that are kept until somebody deletes them;
 *     older ones are deleted when a new one is complete
 * @param bytesPerSecondMax written to disk by all partitions together; 0 for no bound
 */
public record SnapshotSettings(int keep, long bytesPerSecondMax) {

    public static final int KEEP_MIN = 2;

    public static final SnapshotSettings DEFAULT = new SnapshotSettings(2, 0);

    public SnapshotSettings {
        if (keep < KEEP_MIN) {
            throw new SqlException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "At least two snapshots must be kept")
                    .hint("The second one is there in case that the newest is damaged.");
        }
        if (bytesPerSecondMax < 0) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The rate of snapshots must be 0, for no bound, or more");
        }
    }
}
