package io.faraddb.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Messages to the server, gathered in one buffer until they are flushed.
 *
 * <pre>
 * Bind:    'B' i32 length, string portal, string statement, u16 formats, u16 values,
 *          each: i32 length, bytes; u16 result formats
 * Execute: 'E' i32 length, string portal, i32 rows at most
 * Sync:    'S' i32 length
 * </pre>
 */
public final class MessageWriter {

    /** Bytes that wait to be sent, at most: a client that does not read must not fill memory. */
    static final int BYTES_MAX = 16 << 20;

    private static final int PROTOCOL = 3 << 16;
    private static final int FIRST_BYTES = 1 << 14;
    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXECUTE_AND_SYNC = {
        'E', 0, 0, 0, 9, 0, 0, 0, 0, 0, 'S', 0, 0, 0, 4
    };

    private ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_BYTES);
    private int messageStart;
    private int countPosition;
    private int count;

    /** Whether nothing waits to be sent. */
    public boolean isEmpty() {
        return buffer.position() == 0;
    }

    /** Sends what the channel takes; whether that was all. */
    boolean flush(WritableByteChannel channel) throws IOException {
        buffer.flip();
        try {
            channel.write(buffer);
        } finally {
            buffer.compact();
        }
        return buffer.position() == 0;
    }

    void startup(String user, String database) {
        messageStart = buffer.position();
        reserve(8);
        buffer.putInt(0).putInt(PROTOCOL);
        string("user");
        string(user);
        string("database");
        string(database);
        string("application_name");
        string("farad bench");
        reserve(1);
        buffer.put((byte) 0);
        end();
    }

    void saslInitial(String mechanism, byte[] response) {
        begin('p');
        string(mechanism);
        value(response);
        end();
    }

    void saslResponse(byte[] response) {
        begin('p');
        reserve(response.length);
        buffer.put(response);
        end();
    }

    void query(String sql) {
        begin('Q');
        string(sql);
        end();
    }

    void parse(String name, String sql, int[] parameterTypes) {
        begin('P');
        string(name);
        string(sql);
        reserve(2 + 4 * parameterTypes.length);
        buffer.putShort((short) parameterTypes.length);
        for (int type : parameterTypes) {
            buffer.putInt(type);
        }
        end();
    }

    void sync() {
        begin('S');
        end();
    }

    void terminate() {
        begin('X');
        end();
    }

    /** Begins a Bind of the unnamed portal; its values follow. */
    void bind(byte[] statement, int format) {
        begin('B');
        reserve(statement.length + 8);
        buffer.put((byte) 0).put(statement).put((byte) 0);
        buffer.putShort((short) 1).putShort((short) format);
        countPosition = buffer.position();
        buffer.putShort((short) 0);
        count = 0;
    }

    /** A binary value of eight bytes. */
    void longValue(long value) {
        reserve(12);
        buffer.putInt(8).putLong(value);
        count++;
    }

    /** A binary value of four bytes. */
    void intValue(int value) {
        reserve(8);
        buffer.putInt(4).putInt(value);
        count++;
    }

    /** A number as text. */
    void decimalValue(long value) {
        reserve(4 + 20);
        int length = buffer.position();
        buffer.putInt(0);
        putDecimal(value);
        buffer.putInt(length, buffer.position() - length - 4);
        count++;
    }

    /** Any value as it is. */
    void value(byte[] value) {
        reserve(4 + value.length);
        buffer.putInt(value.length).put(value);
        count++;
    }

    /** Bytes as the text of a bytea. */
    void hexValue(byte[] value) {
        reserve(6 + 2 * value.length);
        buffer.putInt(2 + 2 * value.length).put((byte) '\\').put((byte) 'x');
        for (byte each : value) {
            buffer.put(HEX_DIGITS[each >> 4 & 0xF]).put(HEX_DIGITS[each & 0xF]);
        }
        count++;
    }

    /** Ends a Bind and has it executed as a transaction of its own. */
    void execute(int resultFormat) {
        reserve(4 + EXECUTE_AND_SYNC.length);
        buffer.putShort(countPosition, (short) count);
        buffer.putShort((short) 1).putShort((short) resultFormat);
        end();
        buffer.put(EXECUTE_AND_SYNC);
    }

    private void putDecimal(long value) {
        if (value < 0) {
            buffer.put((byte) '-');
        }
        long power = 1;
        while (value / power > 9 || value / power < -9) {
            power *= 10;
        }
        for (long rest = value; power > 0; power /= 10) {
            buffer.put((byte) ('0' + Math.abs(rest / power)));
            rest %= power;
        }
    }

    private void begin(char type) {
        reserve(5);
        buffer.put((byte) type);
        messageStart = buffer.position();
        buffer.putInt(0);
    }

    private void end() {
        buffer.putInt(messageStart, buffer.position() - messageStart);
    }

    private void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reserve(bytes.length + 1);
        buffer.put(bytes).put((byte) 0);
    }

    private void reserve(int bytes) {
        if (buffer.remaining() >= bytes) {
            return;
        }
        long wanted = Math.max(2L * buffer.capacity(), (long) buffer.position() + bytes);
        if (wanted > 2L * BYTES_MAX) {
            throw new IllegalStateException("more than " + BYTES_MAX + " bytes wait to be sent");
        }
        ByteBuffer larger = ByteBuffer.allocateDirect((int) wanted);
        buffer.flip();
        larger.put(buffer);
        buffer = larger;
    }
}
