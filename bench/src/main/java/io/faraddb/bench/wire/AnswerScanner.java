package io.faraddb.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Takes frames apart where they arrive: a type, a length of four bytes that counts itself, a body.
 * Makes no objects but for errors.
 */
final class AnswerScanner {

    private static final int HEADER_BYTES = 5;

    /** A frame as large as this cannot be an answer to what a driver asks. */
    private static final int FRAME_BYTES_MAX = 16 << 20;

    private final FirstValue first;
    private ByteBuffer buffer;

    AnswerScanner(int bufferBytes, boolean text) {
        this.buffer = ByteBuffer.allocateDirect(bufferBytes);
        this.first = new FirstValue(text);
    }

    /**
     * Reads what is there and tells the listener of all whole frames.
     *
     * @return bytes read; -1 at the end
     */
    int read(ReadableByteChannel channel, AnswerListener listener) throws IOException {
        int read = channel.read(buffer);
        buffer.flip();
        while (scanNext(listener)) {
            // Goes on to the next frame.
        }
        buffer.compact();
        return read;
    }

    private boolean scanNext(AnswerListener listener) throws IOException {
        int start = buffer.position();
        if (buffer.remaining() < HEADER_BYTES) {
            return false;
        }
        int length = buffer.getInt(start + 1);
        if (length < 4 || length > FRAME_BYTES_MAX) {
            throw new IOException("the server sent a frame of " + length + " bytes");
        }
        if (buffer.remaining() < length + 1) {
            enlarge(length + 1);
            return false;
        }
        int body = start + HEADER_BYTES;
        int end = start + 1 + length;
        switch (buffer.get(start)) {
            case 'D' -> row(body, listener);
            case 'C' -> listener.completed(numberBefore(end - 1));
            case 'E' -> failed(body, end, listener);
            case 'Z' -> listener.ready();
            case 'R' -> authentication(body, end, listener);
            default -> {
                // Notices, settings and the acknowledgements of Parse and Bind tell nothing new.
            }
        }
        buffer.position(end);
        return true;
    }

    private void enlarge(int bytes) {
        if (buffer.capacity() < bytes) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(bytes, 2 * buffer.capacity()));
            larger.put(buffer);
            larger.flip();
            buffer = larger;
        }
    }

    private void row(int body, AnswerListener listener) {
        if (buffer.getShort(body) > 0) {
            first.set(buffer, body + 6, buffer.getInt(body + 2));
        } else {
            first.set(buffer, body, -1);
        }
        listener.row(first);
    }

    /** The digits before a position, as in "UPDATE 1" or "INSERT 0 3". */
    private long numberBefore(int end) {
        long number = 0;
        long power = 1;
        for (int at = end - 1; buffer.get(at) >= '0' && buffer.get(at) <= '9'; at--) {
            number += (buffer.get(at) - '0') * power;
            power *= 10;
        }
        return number;
    }

    /** Fields of a type and a string each: C is the SQLSTATE, M the message. */
    private void failed(int body, int end, AnswerListener listener) {
        String state = "XX000";
        String message = "";
        int at = body;
        while (at < end && buffer.get(at) != 0) {
            byte field = buffer.get(at);
            int stop = at + 1;
            while (stop < end && buffer.get(stop) != 0) {
                stop++;
            }
            if (field == 'C') {
                state = string(at + 1, stop);
            } else if (field == 'M') {
                message = string(at + 1, stop);
            }
            at = stop + 1;
        }
        listener.failed(state, message);
    }

    private void authentication(int body, int end, AnswerListener listener) throws IOException {
        if (!(listener instanceof LoginExchange login)) {
            throw new IOException("the server asks for a login twice");
        }
        login.asked(buffer.getInt(body), bytes(body + 4, end));
    }

    private String string(int from, int to) {
        return new String(bytes(from, to), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int from, int to) {
        byte[] bytes = new byte[to - from];
        buffer.get(from, bytes);
        return bytes;
    }
}
