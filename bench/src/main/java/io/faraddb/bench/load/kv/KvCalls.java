package io.faraddb.bench.load.kv;

import io.faraddb.bench.load.Calls;
import io.faraddb.bench.wire.FirstValue;
import io.faraddb.bench.wire.PgConnection;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * Gets and puts of keys drawn evenly. A value begins with its key, so that a get can tell whether
 * it was given the right one.
 *
 * <p>A call is judged by its key, which is not negative: that of a put is written as {@code -1 -
 * key}.
 */
final class KvCalls implements Calls {

    private static final int GET = 0;
    private static final int PUT = 1;

    private final RandomGenerator random;
    private final long keys;
    private final double readShare;
    private final byte[] value;

    KvCalls(RandomGenerator random, long keys, double readShare, int valueBytes) {
        this.random = random;
        this.keys = keys;
        this.readShare = readShare;
        this.value = new byte[valueBytes];
        random.nextBytes(value);
    }

    @Override
    public long send(PgConnection connection) {
        long key = random.nextLong(keys);
        boolean get = random.nextDouble() < readShare;
        connection.call(get ? GET : PUT);
        connection.longValue(key);
        if (!get) {
            ByteBuffer.wrap(value).putLong(key);
            connection.bytesValue(value);
        }
        connection.endCall();
        return get ? key : -1 - key;
    }

    @Override
    public int row(long call, FirstValue found) {
        boolean right =
                call >= 0 && found.bytesLength() >= Long.BYTES && found.longOfBytes(0) == call;
        return right ? KvLoad.GOT : KvLoad.WRONG;
    }

    /** A get ends here without a row if its key is not there. */
    @Override
    public int completed(long call, long rows) {
        return call < 0 && rows == 1 ? KvLoad.PUT : KvLoad.WRONG;
    }
}
