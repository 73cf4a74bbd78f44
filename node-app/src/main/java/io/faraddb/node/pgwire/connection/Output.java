package io.faraddb.node.pgwire.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** Bytes on their way to a client, in chunks. Belongs to the connection's event loop. */
final class Output {

    private static final int CHUNK_BYTES = 32 << 10;
    private static final int FIRST_BYTES = 1 << 10;

    private final ChannelHandlerContext context;
    private final PgMetrics metrics;
    private @Nullable ByteBuf chunk;
    private boolean unflushed;

    Output(ChannelHandlerContext context, PgMetrics metrics) {
        this.context = context;
        this.metrics = metrics;
    }

    /** Where to write the next message, whole. */
    ByteBuf buffer() {
        ByteBuf buffer = chunk;
        if (buffer == null) {
            buffer = context.alloc().buffer(FIRST_BYTES);
            chunk = buffer;
        }
        return buffer;
    }

    /**
     * To be asked after each message of many.
     *
     * @return whether to stop until the client has read more
     */
    boolean full() {
        ByteBuf buffer = chunk;
        if (buffer == null || buffer.readableBytes() < CHUNK_BYTES) {
            return false;
        }
        writeChunk(buffer);
        return !context.channel().isWritable();
    }

    private void writeChunk(ByteBuf buffer) {
        chunk = null;
        metrics.sent(buffer.readableBytes());
        var unused = context.write(buffer, context.voidPromise());
        unflushed = true;
    }

    void flush() {
        ByteBuf buffer = chunk;
        if (buffer != null && buffer.isReadable()) {
            writeChunk(buffer);
        }
        if (unflushed) {
            unflushed = false;
            context.flush();
        }
    }

    void release() {
        ByteBuf buffer = chunk;
        chunk = null;
        if (buffer != null) {
            buffer.release();
        }
    }
}
