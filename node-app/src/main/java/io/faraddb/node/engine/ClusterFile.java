package io.faraddb.node.engine;

import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.config.StartFailure;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What was fixed when the data was made: cluster.properties in the data directory. */
final class ClusterFile {

    private static final String PARTITIONS = "partitions";

    private ClusterFile() {}

    /**
     * The number of partitions: as it was fixed, else as configured, else one for each core.
     *
     * @throws StartFailure if another number is configured than the data has
     */
    static int partitions(Path dataDir, FaradProperties.Cluster configured) {
        Path file = dataDir.resolve("cluster.properties");
        try {
            if (!Files.exists(file)) {
                int partitions =
                        configured.partitions() > 0
                                ? configured.partitions()
                                : Runtime.getRuntime().availableProcessors();
                write(file, partitions);
                return partitions;
            }
            int fixed = read(file);
            if (configured.partitions() > 0 && configured.partitions() != fixed) {
                throw new StartFailure(
                        StartFailure.BAD_CONFIGURATION,
                        "the data was made with "
                                + fixed
                                + " partitions, not with "
                                + configured.partitions(),
                        "Start without --partitions, or on another --data-dir.");
            }
            return fixed;
        } catch (IOException | NumberFormatException e) {
            throw new StartFailure(
                    StartFailure.CANNOT_CREATE,
                    "cannot read or write " + file + ": " + e.getMessage(),
                    "Restore it from a backup of the data directory.",
                    e);
        }
    }

    private static void write(Path file, int partitions) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(PARTITIONS, Integer.toString(partitions));
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, "Fixed when the data was made. Not to be edited.");
        }
    }

    private static int read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return Integer.parseInt(properties.getProperty(PARTITIONS, ""));
    }
}
