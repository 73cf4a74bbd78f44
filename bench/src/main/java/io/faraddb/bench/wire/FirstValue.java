package io.faraddb.bench.wire;

import java.nio.ByteBuffer;

/** The first value of a row, where it arrived. One is used again and again. */
public final class FirstValue {

    /** Length of the {@code \\x} before a bytea's text. */
    private static final int HEX_PREFIX = 2;

    private final boolean text;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int offset;
    private int length = -1;

    /**
     * @param text whether values are text, else binary
     */
    FirstValue(boolean text) {
        this.text = text;
    }

    void set(ByteBuffer newBuffer, int newOffset, int newLength) {
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
    }

    /** An integer of any size; {@link Long#MIN_VALUE} for null and for what is none. */
    public long asLong() {
        if (text) {
            return parsed();
        }
        return switch (length) {
            case 2 -> buffer.getShort(offset);
            case 4 -> buffer.getInt(offset);
            case 8 -> buffer.getLong(offset);
            default -> Long.MIN_VALUE;
        };
    }

    private long parsed() {
        boolean negative = length > 0 && buffer.get(offset) == '-';
        int digits = negative ? 1 : 0;
        if (length <= digits) {
            return Long.MIN_VALUE;
        }
        long value = 0;
        for (int i = digits; i < length; i++) {
            int digit = buffer.get(offset + i) - '0';
            if (digit < 0 || digit > 9) {
                return Long.MIN_VALUE;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    /** How many bytes a bytea has; -1 for null. */
    public int bytesLength() {
        return text && length >= 0 ? (length - HEX_PREFIX) / 2 : length;
    }

    /** Eight bytes of a bytea, from an index on. */
    public long longOfBytes(int index) {
        if (!text) {
            return buffer.getLong(offset + index);
        }
        long value = 0;
        for (int i = 0; i < 2 * Long.BYTES; i++) {
            value = value << 4 | hexDigit(offset + HEX_PREFIX + 2 * index + i);
        }
        return value;
    }

    private int hexDigit(int at) {
        return Character.digit(buffer.get(at), 16);
    }
}
