package io.faraddb.node.pgwire.codec;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.BinaryFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads messages of clients.
 *
 * <pre>
 * first packet: i32 length with itself, i32 version or request code, ...
 * others:       u8 type, i32 length with itself, ...
 * </pre>
 */
public final class FrontendReader {

    public static final byte QUERY = 'Q';
    public static final byte PARSE = 'P';
    public static final byte BIND = 'B';
    public static final byte EXECUTE = 'E';
    public static final byte DESCRIBE = 'D';
    public static final byte CLOSE = 'C';
    public static final byte SYNC = 'S';
    public static final byte FLUSH = 'H';
    public static final byte TERMINATE = 'X';
    public static final byte PASSWORD = 'p';
    public static final byte FUNCTION_CALL = 'F';
    public static final byte COPY_DATA = 'd';
    public static final byte COPY_DONE = 'c';
    public static final byte COPY_FAIL = 'f';

    /** Type and length. */
    public static final int HEADER_BYTES = 5;

    private static final int CANCEL_REQUEST = 80_877_102;
    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_ENCRYPTION_REQUEST = 80_877_104;
    private static final int PROTOCOL_MAJOR = 3;
    private static final String EXTENSION_PREFIX = "_pq_.";

    private FrontendReader() {}

    /**
     * Reads the body of a first packet, which is all behind its length.
     *
     * @throws SqlException if it is malformed or another version of the protocol
     */
    public static FrontendMessage.First readFirst(ByteBuf body) {
        if (body.readableBytes() < 4) {
            throw violation("invalid length of startup packet");
        }
        int code = body.readInt();
        switch (code) {
            case SSL_REQUEST -> {
                return new FrontendMessage.SslRequest();
            }
            case GSS_ENCRYPTION_REQUEST -> {
                return new FrontendMessage.GssEncryptionRequest();
            }
            case CANCEL_REQUEST -> {
                if (body.readableBytes() != 8) {
                    throw violation("invalid length of startup packet");
                }
                return new FrontendMessage.CancelRequest(body.readInt(), body.readInt());
            }
            default -> {
                return readStartup(code, body);
            }
        }
    }

    private static FrontendMessage.Startup readStartup(int version, ByteBuf body) {
        int major = version >>> 16;
        int minor = version & 0xFFFF;
        if (major != PROTOCOL_MAJOR) {
            throw SqlException.unsupported("frontend protocol " + major + "." + minor)
                    .hint("This server speaks protocol 3.0.");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> extensions = new ArrayList<>();
        while (true) {
            String name = readString(body);
            if (name.isEmpty()) {
                break;
            }
            String value = readString(body);
            if (name.startsWith(EXTENSION_PREFIX)) {
                extensions.add(name);
            } else {
                parameters.put(name, value);
            }
        }
        if (body.isReadable()) {
            throw violation("invalid startup packet layout: expected terminator as last byte");
        }
        return new FrontendMessage.Startup(minor, parameters, extensions);
    }

    /** Whether there is a message of this type. */
    public static boolean isType(byte type) {
        return switch (type) {
            case QUERY, PARSE, BIND, EXECUTE, DESCRIBE, CLOSE, SYNC, FLUSH -> true;
            case TERMINATE, PASSWORD, FUNCTION_CALL, COPY_DATA, COPY_DONE, COPY_FAIL -> true;
            default -> false;
        };
    }

    /**
     * Reads the body of any message but Bind and those of authentication.
     *
     * @param body all behind the length
     * @throws SqlException 08P01 if it is malformed
     */
    public static FrontendMessage read(byte type, ByteBuf body) {
        FrontendMessage message =
                switch (type) {
                    case QUERY -> new FrontendMessage.Query(readString(body));
                    case PARSE -> readParse(body);
                    case EXECUTE -> {
                        String portal = readString(body);
                        yield new FrontendMessage.Execute(portal, readInt(body));
                    }
                    case DESCRIBE -> {
                        boolean portal = readIsPortal(body, "DESCRIBE");
                        yield new FrontendMessage.Describe(portal, readString(body));
                    }
                    case CLOSE -> {
                        boolean portal = readIsPortal(body, "CLOSE");
                        yield new FrontendMessage.Close(portal, readString(body));
                    }
                    case SYNC -> FrontendMessage.Sync.INSTANCE;
                    case FLUSH -> FrontendMessage.Flush.INSTANCE;
                    case TERMINATE -> FrontendMessage.Terminate.INSTANCE;
                    case COPY_DATA ->
                            new FrontendMessage.CopyData(body.readSlice(body.readableBytes()));
                    case COPY_DONE -> FrontendMessage.CopyDone.INSTANCE;
                    case COPY_FAIL -> new FrontendMessage.CopyFail(readString(body));
                    case FUNCTION_CALL -> {
                        body.skipBytes(body.readableBytes());
                        yield FrontendMessage.FunctionCall.INSTANCE;
                    }
                    default -> throw violation("invalid frontend message type " + (type & 0xFF));
                };
        if (body.isReadable()) {
            throw violation("invalid message format");
        }
        return message;
    }

    private static FrontendMessage.Parse readParse(ByteBuf body) {
        String statement = readString(body);
        String sql = readString(body);
        int count = readCount(body);
        if (body.readableBytes() < 4L * count) {
            throw insufficient();
        }
        int[] oids = new int[count];
        for (int i = 0; i < count; i++) {
            oids[i] = body.readInt();
        }
        return new FrontendMessage.Parse(statement, sql, oids);
    }

    private static boolean readIsPortal(ByteBuf body, String message) {
        if (!body.isReadable()) {
            throw insufficient();
        }
        byte kind = body.readByte();
        if (kind != 'S' && kind != 'P') {
            throw violation("invalid " + message + " message subtype " + (kind & 0xFF));
        }
        return kind == 'P';
    }

    public static FrontendMessage.SaslInitialResponse readSaslInitialResponse(ByteBuf body) {
        String mechanism = readString(body);
        int length = readInt(body);
        if (length == -1) {
            length = 0;
        }
        if (length != body.readableBytes()) {
            throw violation("invalid message format");
        }
        return new FrontendMessage.SaslInitialResponse(mechanism, readRest(body));
    }

    public static FrontendMessage.SaslResponse readSaslResponse(ByteBuf body) {
        return new FrontendMessage.SaslResponse(readRest(body));
    }

    private static byte[] readRest(ByteBuf body) {
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        return bytes;
    }

    static int readInt(ByteBuf body) {
        if (body.readableBytes() < 4) {
            throw insufficient();
        }
        return body.readInt();
    }

    /** A count of 16 bits, all of which count. */
    static int readCount(ByteBuf body) {
        if (body.readableBytes() < 2) {
            throw insufficient();
        }
        return body.readUnsignedShort();
    }

    /** UTF-8 up to a NUL. */
    static String readString(ByteBuf body) {
        int length = body.bytesBefore((byte) 0);
        if (length < 0) {
            throw violation("invalid string in message");
        }
        if (length == 0) {
            body.skipBytes(1);
            return "";
        }
        String text = text(body, body.readerIndex(), length);
        body.skipBytes(length + 1);
        return text;
    }

    /**
     * Text of a client.
     *
     * @throws SqlException 22021 if it is not UTF-8 or has a NUL
     */
    public static String text(ByteBuf in, int index, int length) {
        if (ByteBufUtil.isText(in, index, length, StandardCharsets.US_ASCII)
                && in.indexOf(index, index + length, (byte) 0) < 0) {
            return in.toString(index, length, StandardCharsets.ISO_8859_1);
        }
        return BinaryFormat.decodeUtf8(in.nioBuffer(index, length));
    }

    static SqlException insufficient() {
        return violation("insufficient data left in message");
    }

    public static SqlException violation(String message) {
        return new SqlException(ErrorCode.PROTOCOL_VIOLATION, message);
    }
}
