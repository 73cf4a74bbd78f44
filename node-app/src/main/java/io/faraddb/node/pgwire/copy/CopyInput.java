package io.faraddb.node.pgwire.copy;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Data of COPY FROM STDIN on its way from the event loop to the thread that parses it. Bounded: the
 * connection is not read from while {@link #hasRoom} is false.
 */
public final class CopyInput implements CopySource {

    /** Bytes that wait to be parsed; then the client is read from no more. */
    public static final int BYTES_MAX = 1 << 20;

    private static final int FIRST_BYTES = 8 << 10;
    private static final byte[] NOTHING = {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Runnable roomAgain;
    // Messages are as short as a row: they are collected here and taken all at once.
    private byte[] collected = NOTHING;
    private int count;
    private boolean ended;
    private boolean abandoned;
    private @Nullable SqlException failure;

    /**
     * @param roomAgain called on the parsing thread when there is room again
     */
    public CopyInput(Runnable roomAgain) {
        this.roomAgain = roomAgain;
    }

    /** A CopyData message. What comes after an end is left out. */
    public void add(ByteBuf data) {
        int length = data.readableBytes();
        lock.lock();
        try {
            if (ended || abandoned || length == 0) {
                return;
            }
            if (collected.length - count < length) {
                int size = Math.max(Math.max(FIRST_BYTES, 2 * count), count + length);
                collected = Arrays.copyOf(collected, size);
            }
            data.readBytes(collected, count, length);
            if (count == 0) {
                changed.signal();
            }
            count += length;
        } finally {
            lock.unlock();
        }
    }

    public boolean hasRoom() {
        lock.lock();
        try {
            return abandoned || count < BYTES_MAX;
        } finally {
            lock.unlock();
        }
    }

    /** CopyDone. */
    public void end() {
        end(null);
    }

    /** CopyFail, or the client is gone. */
    public void fail(SqlException reason) {
        end(reason);
    }

    private void end(@Nullable SqlException reason) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = reason;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody takes any more: the rest is thrown away. */
    public void abandon() {
        lock.lock();
        try {
            abandoned = true;
            collected = NOTHING;
            count = 0;
        } finally {
            lock.unlock();
        }
        roomAgain.run();
    }

    /** Waits for the next data. */
    @Override
    public byte @Nullable [] next() {
        boolean wasFull;
        byte[] taken;
        lock.lock();
        try {
            while (count == 0 && !ended) {
                changed.await();
            }
            if (failure != null) {
                throw failure;
            }
            if (count == 0) {
                return null;
            }
            wasFull = count >= BYTES_MAX;
            taken = count == collected.length ? collected : Arrays.copyOf(collected, count);
            collected = NOTHING;
            count = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlException(
                    ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
        } finally {
            lock.unlock();
        }
        if (wasFull) {
            roomAgain.run();
        }
        return taken;
    }
}
