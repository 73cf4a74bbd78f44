package io.faraddb.engine.snapshot;

import io.faraddb.engine.log.LogPosition;

/**
 * What a partition's file is, and what it holds; the manifest repeats it.
 *
 * @param snapshot number of the snapshot
 * @param partition any number; negative ones are for what is not a partition of rows
 * @param position of the last entry that is in it
 * @param catalogVersion of the schema its rows have
 * @param digest of the checksums of all its blocks, in order
 */
public record SnapshotFile(
        long snapshot,
        int partition,
        LogPosition position,
        long catalogVersion,
        long rows,
        long bytes,
        int digest) {

    private static final String PREFIX = "snapshot-";
    private static final String PARTITION = "-p";
    private static final String SUFFIX = ".data";

    String name() {
        return nameOf(snapshot, partition);
    }

    static String nameOf(long snapshot, int partition) {
        return PREFIX + digits(snapshot) + PARTITION + partition + SUFFIX;
    }

    /** Ten digits, so that names sort as numbers do. */
    static String digits(long snapshot) {
        String digits = Long.toString(snapshot);
        return "0".repeat(Math.max(0, 10 - digits.length())) + digits;
    }

    /**
     * @return number of the snapshot that a file belongs to; 0 for another file
     */
    static long snapshotOf(String name) {
        boolean ours = name.endsWith(SUFFIX) || name.endsWith(SnapshotManifest.SUFFIX);
        int digitsEnd = PREFIX.length() + 10;
        if (!ours || !name.startsWith(PREFIX) || name.length() < digitsEnd) {
            return 0;
        }
        String digits = name.substring(PREFIX.length(), digitsEnd);
        boolean plain = digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.parseLong(digits) : 0;
    }
}
