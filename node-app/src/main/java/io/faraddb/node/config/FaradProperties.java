package io.faraddb.node.config;

import io.faraddb.engine.log.Durability;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * All that a node can be told.
 *
 * @param dataDir Directory of everything that the node keeps.
 * @param bind Address that all ports listen on. Another one than a loopback address needs TLS or an
 *     explicit farad.insecure.
 * @param insecure Whether clients of other machines may come without TLS.
 * @param adminPassword Password of the user admin when the first start makes it. Without one a
 *     random one is made, printed once and kept in the data directory.
 * @param shutdownTimeout How long transactions may take to end when the node is stopped.
 */
@Validated
@ConfigurationProperties(prefix = "farad", ignoreUnknownFields = false)
public record FaradProperties(
        @DefaultValue("farad-data") Path dataDir,
        @DefaultValue("127.0.0.1") @NotBlank String bind,
        @DefaultValue("false") boolean insecure,
        @Nullable String adminPassword,
        @DefaultValue("20s") Duration shutdownTimeout,
        @DefaultValue @Valid Node node,
        @DefaultValue @Valid Pg pg,
        @DefaultValue @Valid Volt volt,
        @DefaultValue @Valid Http http,
        @DefaultValue @Valid Cluster cluster,
        @DefaultValue @Valid Tls tls,
        @DefaultValue @Valid Log log,
        @DefaultValue @Valid Snapshot snapshot,
        @DefaultValue @Valid Limits limits) {

    /**
     * This node.
     *
     * @param name Name of the node, unlike those of the others.
     */
    public record Node(
            @DefaultValue("n1") @Pattern(regexp = "[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}") String name) {}

    /**
     * PostgreSQL's protocol.
     *
     * @param port Port, 0 for any free one.
     * @param socketDir Directory of the Unix-domain socket for clients of the same machine; its
     *     path has at most 92 bytes. Not given: the data directory. Empty: no socket.
     * @param connectionsMax Clients that are logged in at a time.
     * @param authenticationTimeout How long a client may take to log in.
     * @param messageSizeMax Size of one message of a client.
     * @param writeBufferMax What a client may leave unread before it is read from no more.
     * @param writeStallTimeout How long a client may leave its answers unread before it is cut off.
     */
    public record Pg(
            @DefaultValue("5432") @Min(0) @Max(65535) int port,
            @Nullable String socketDir,
            @DefaultValue("5000") @Min(1) int connectionsMax,
            @DefaultValue("30s") Duration authenticationTimeout,
            @DefaultValue("64MB") DataSize messageSizeMax,
            @DefaultValue("256KB") DataSize writeBufferMax,
            @DefaultValue("2m") Duration writeStallTimeout) {

        /** What a Unix-domain address of Linux holds, without the file's name. */
        private static final int SOCKET_DIR_BYTES_MAX = 92;

        /** Whether an address of a socket in the directory would not fit. */
        public static boolean isTooLongForSocket(Path directory) {
            return directory.toString().getBytes(StandardCharsets.UTF_8).length
                    > SOCKET_DIR_BYTES_MAX;
        }
    }

    /**
     * VoltDB's client protocol.
     *
     * @param port Port, 0 for any free one. Nothing listens there yet.
     */
    public record Volt(@DefaultValue("" + DEFAULT_PORT) @Min(0) @Max(65535) int port) {

        /** VoltDB's own. */
        public static final int DEFAULT_PORT = 21212;
    }

    /**
     * Console, REST and actuator.
     *
     * @param port Port, 0 for any free one.
     */
    public record Http(@DefaultValue("8080") @Min(0) @Max(65535) int port) {}

    /**
     * The cluster that the node belongs to.
     *
     * @param port Port between nodes, 0 for any free one. Nothing listens there yet.
     * @param join Cluster addresses, HOST:PORT, of some nodes of the cluster to join.
     * @param partitions Partitions; fixed when the cluster is made. 0: one for each core.
     * @param replicas Copies of each partition.
     */
    public record Cluster(
            @DefaultValue("" + DEFAULT_PORT) @Min(0) @Max(65535) int port,
            @DefaultValue List<@Pattern(regexp = "[^:]+:[0-9]{1,5}") String> join,
            @DefaultValue("0") @Min(0) @Max(1024) int partitions,
            @DefaultValue("1") @Min(1) @Max(7) int replicas) {

        /** VoltDB's own. */
        public static final int DEFAULT_PORT = 3021;
    }

    /**
     * The log that what was acknowledged is kept in.
     *
     * @param durability When a write is acknowledged: sync, when it survives a loss of power;
     *     interval, when it survives the end of the process, and is synced every sync-interval;
     *     off, the same without syncs.
     * @param syncInterval What a loss of power may cost with the durability interval.
     * @param segmentSize Size of one file; a multiple of 4 KB.
     */
    public record Log(
            @DefaultValue("sync") Durability durability,
            @DefaultValue("10ms") Duration syncInterval,
            @DefaultValue("64MB") DataSize segmentSize) {}

    /**
     * Snapshots on disk, from which a node starts and which let the log forget.
     *
     * @param interval Time between two snapshots; none is taken when nothing was written.
     * @param logSize What the log may grow by until the next snapshot, whatever the interval.
     * @param keep Snapshots that stay, beside those that were asked for; at least 2.
     * @param writeRateMax Bytes per second that the writing of snapshots takes from the disk, 0 for
     *     no bound.
     */
    public record Snapshot(
            @DefaultValue("30m") Duration interval,
            @DefaultValue("1GB") DataSize logSize,
            @DefaultValue("2") @Min(2) int keep,
            @DefaultValue("0") DataSize writeRateMax) {}

    /**
     * Bounds of what statements take.
     *
     * @param executionTime How long one statement or call may run on a partition before it is
     *     cancelled.
     * @param queueMax Statements and calls that may wait for one partition; more are refused.
     * @param statementMemoryMax What one sort, join, grouping, write or result that is not streamed
     *     may hold; 0 for a quarter of the heap.
     * @param heapUsedMax Share of the heap that may be in use; what would add to it is refused,
     *     deletes and small reads go on.
     */
    public record Limits(
            @DefaultValue("5s") Duration executionTime,
            @DefaultValue("65536") @Min(1) @Max(16_777_216) int queueMax,
            @DefaultValue("0") DataSize statementMemoryMax,
            @DefaultValue("0.85") @DecimalMin("0.1") @DecimalMax("0.98") double heapUsedMax) {}

    /**
     * Encryption of clients' connections.
     *
     * @param bundle Name of the Spring SSL bundle (spring.ssl.bundle.*) with the certificate.
     */
    public record Tls(@Nullable String bundle) {}
}
