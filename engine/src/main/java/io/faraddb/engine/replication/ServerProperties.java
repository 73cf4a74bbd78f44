package io.faraddb.engine.replication;

import java.io.File;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** What Ratis is told, as far as its own choice does not fit. */
final class ServerProperties {

    /** Direct memory of each group, and the largest record; Ratis's own is 8 MiB. */
    static final int WRITE_BUFFER_BYTES = 1 << 20;

    /** One record in the log; Ratis adds two checksummed lengths when it writes. */
    static final int RECORD_BYTES_MAX = WRITE_BUFFER_BYTES - 64;

    /** Bytes of an entry in one record, with room for what Ratis puts beside them. */
    static final int PART_BYTES_MAX = RECORD_BYTES_MAX - EntryPart.HEADER_BYTES - 512;

    /** Segments whose entries stay in memory, besides the one in use. */
    private static final int CACHED_SEGMENTS_MAX = 2;

    /** A reply need not be remembered: nothing is ever sent twice. */
    private static final Duration RETRY_CACHE = Duration.ofSeconds(10);

    /** A machine that was suspended goes on. */
    private static final Duration PAUSE_MAX = Duration.ofDays(7);

    private ServerProperties() {}

    static RaftProperties of(RatisSettings settings, InetSocketAddress bind) {
        RaftProperties properties = new RaftProperties();
        addresses(properties, bind);
        timeouts(properties, settings);
        log(properties, settings);
        return properties;
    }

    /** Where groups that are added from now on have their files. */
    static void setDirectory(RaftProperties properties, File directory) {
        RaftServerConfigKeys.setStorageDir(properties, List.of(directory));
    }

    private static void addresses(RaftProperties properties, InetSocketAddress bind) {
        RaftConfigKeys.Rpc.setType(properties, SupportedRpcType.GRPC);
        GrpcConfigKeys.Server.setHost(properties, bind.getHostString());
        GrpcConfigKeys.Server.setPort(properties, bind.getPort());
        GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf(4L << 20));
    }

    private static void timeouts(RaftProperties properties, RatisSettings settings) {
        Duration min = settings.electionTimeoutMin();
        Duration first = settings.firstElectionTimeout();
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, time(min));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, time(min.multipliedBy(2)));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, time(first));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(
                properties, time(first.multipliedBy(2)));
        RaftServerConfigKeys.Rpc.setRequestTimeout(properties, time(settings.requestTimeout()));
        RaftServerConfigKeys.setSleepDeviationThreshold(properties, time(min));
        RaftServerConfigKeys.setCloseThreshold(properties, time(PAUSE_MAX));
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, time(RETRY_CACHE));
    }

    private static TimeDuration time(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void log(RaftProperties properties, RatisSettings settings) {
        SizeInBytes segment = SizeInBytes.valueOf(settings.segmentBytes());
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, segment);
        RaftServerConfigKeys.Log.setPreallocatedSize(properties, segment);
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, CACHED_SEGMENTS_MAX);
        RaftServerConfigKeys.Log.setSegmentCacheSizeMax(
                properties,
                SizeInBytes.valueOf((CACHED_SEGMENTS_MAX + 1L) * settings.segmentBytes()));
        RaftServerConfigKeys.Log.setWriteBufferSize(
                properties, SizeInBytes.valueOf(WRITE_BUFFER_BYTES));
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(
                properties, SizeInBytes.valueOf(RECORD_BYTES_MAX));
        // A record is acknowledged when it is synced, and not before.
        RaftServerConfigKeys.Log.setUnsafeFlushEnabled(properties, false);
        RaftServerConfigKeys.Log.setAsyncFlushEnabled(properties, false);
        // What is committed would be written and synced once more, as a record of its own.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
        // Two entries are under way at most: there is nothing to gather.
        RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
        // A member that was away for long must not keep the others from truncating.
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
        RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
        RaftServerConfigKeys.Log.Appender.setInstallSnapshotEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, false);
    }
}
