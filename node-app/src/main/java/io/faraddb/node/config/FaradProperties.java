package io.faraddb.node.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
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
        @DefaultValue @Valid Tls tls) {

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
     * @param connectionsMax Clients that are logged in at a time.
     * @param authenticationTimeout How long a client may take to log in.
     * @param messageSizeMax Size of one message of a client.
     * @param writeBufferMax What a client may leave unread before it is read from no more.
     * @param writeStallTimeout How long a client may leave its answers unread before it is cut off.
     */
    public record Pg(
            @DefaultValue("5432") @Min(0) @Max(65535) int port,
            @DefaultValue("5000") @Min(1) int connectionsMax,
            @DefaultValue("30s") Duration authenticationTimeout,
            @DefaultValue("64MB") DataSize messageSizeMax,
            @DefaultValue("256KB") DataSize writeBufferMax,
            @DefaultValue("2m") Duration writeStallTimeout) {}

    /**
     * VoltDB's client protocol.
     *
     * @param port Port, 0 for any free one.
     */
    public record Volt(@DefaultValue("21212") @Min(0) @Max(65535) int port) {}

    /**
     * Console, REST and actuator.
     *
     * @param port Port, 0 for any free one.
     */
    public record Http(@DefaultValue("8080") @Min(0) @Max(65535) int port) {}

    /**
     * The cluster that the node belongs to.
     *
     * @param port Port between nodes, 0 for any free one.
     * @param join Cluster addresses, HOST:PORT, of some nodes of the cluster to join.
     * @param partitions Partitions; fixed when the cluster is made. 0: one for each core.
     * @param replicas Copies of each partition.
     */
    public record Cluster(
            @DefaultValue("3021") @Min(0) @Max(65535) int port,
            @DefaultValue List<@Pattern(regexp = "[^:]+:[0-9]{1,5}") String> join,
            @DefaultValue("0") @Min(0) @Max(1024) int partitions,
            @DefaultValue("1") @Min(1) @Max(7) int replicas) {}

    /**
     * Encryption of clients' connections.
     *
     * @param bundle Name of the Spring SSL bundle (spring.ssl.bundle.*) with the certificate.
     */
    public record Tls(@Nullable String bundle) {}
}
