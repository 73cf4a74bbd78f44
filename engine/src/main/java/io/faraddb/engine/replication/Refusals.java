package io.faraddb.engine.replication;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.PartitionLog;

/** The sentences with which appends and read barriers are refused. */
final class Refusals {

    private Refusals() {}

    static SqlException notLeading(int partition) {
        return new SqlException(
                        ErrorCode.CANNOT_CONNECT_NOW,
                        "This node does not lead partition " + partition)
                .hint("Nothing was changed. Try again: another node leads it, or soon will.");
    }

    static SqlException ended(int partition, ReplicaState state) {
        return state == ReplicaState.FAILED
                ? new SqlException(
                        ErrorCode.IO_ERROR, "The log of partition " + partition + " has failed")
                : new SqlException(
                        ErrorCode.CANNOT_CONNECT_NOW,
                        "The log of partition " + partition + " is closed");
    }

    static SqlException outcomeUnknown(int partition) {
        return new SqlException(
                ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN,
                "The lead of partition " + partition + " was lost before the outcome was known");
    }

    static SqlException doesNotFollow(long last, long index) {
        return new SqlException(
                ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                "The log stands at entry " + last + ", so entry " + index + " can't follow");
    }

    static SqlException tooLarge() {
        return new SqlException(
                ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                "A log entry has at most " + PartitionLog.ENTRY_BYTES_MAX + " bytes");
    }

    static SqlException queueFull() {
        return new SqlException(
                        ErrorCode.INSUFFICIENT_RESOURCES, "Too much waits to be written to the log")
                .hint("The members of the group do not keep up. Send less at a time, and retry.");
    }

    static SqlException noMajority(int partition) {
        return new SqlException(
                        ErrorCode.CANNOT_CONNECT_NOW,
                        "No majority confirms that this node leads partition " + partition)
                .hint("Nothing was read. Try again: another node leads it, or soon will.");
    }

    static SqlException truncated(int partition, long base, long after) {
        return new SqlException(
                        ErrorCode.DATA_CORRUPTED,
                        "The log of partition "
                                + partition
                                + " begins after entry "
                                + base
                                + ", but the snapshot ends at entry "
                                + after)
                .hint("Restore the snapshot that belongs to this log, or a newer one.");
    }
}
