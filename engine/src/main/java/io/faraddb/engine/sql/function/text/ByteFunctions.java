package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Functions of bytea, and text as bytes. */
public final class ByteFunctions implements FunctionSource {

    private static final int BITS = 8;

    @Override
    public void define(Definitions definitions) {
        parts(definitions);
        trims(definitions);
        bits(definitions);
        hashes(definitions);
        encodings(definitions);
    }

    private static void parts(Definitions to) {
        to.define("length(bytea) -> int4", (byte[] bytes) -> (long) bytes.length);
        to.define("octet_length(bytea) -> int4", (byte[] bytes) -> (long) bytes.length);
        to.define("bit_length(bytea) -> int4", (byte[] bytes) -> (long) bytes.length * BITS);
        to.define("||(bytea, bytea) -> bytea", (byte[] a, byte[] b) -> join(a, b));
        for (String name : new String[] {"substring", "substr"}) {
            to.define(
                    name + "(bytea, int4) -> bytea",
                    (byte[] bytes, Long start) -> slice(bytes, start, Integer.MAX_VALUE));
            to.define(
                    name + "(bytea, int4, int4) -> bytea",
                    (byte[] bytes, Long start, Long length) -> slice(bytes, start, length));
        }
        to.define(
                "position(bytea, bytea) -> int4",
                (byte[] bytes, byte[] part) -> latin(bytes).indexOf(latin(part)) + 1L);
        to.define(
                "overlay(bytea, bytea, int4) -> bytea",
                (byte[] bytes, byte[] part, Long start) ->
                        overlay(bytes, part, start, part.length));
        to.general(
                "overlay(bytea, bytea, int4, int4) -> bytea",
                (arguments, context) -> {
                    if (arguments[0] instanceof byte[] bytes
                            && arguments[1] instanceof byte[] part
                            && arguments[2] instanceof Long start
                            && arguments[3] instanceof Long length) {
                        return overlay(bytes, part, start, length);
                    }
                    return null;
                });
    }

    private static byte[] overlay(byte[] bytes, byte[] part, long start, long length) {
        return ofLatin(Strings.overlay(latin(bytes), latin(part), start, length));
    }

    private static byte[] join(byte[] a, byte[] b) {
        Strings.checkLength((long) a.length + b.length);
        byte[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    private static byte[] slice(byte[] bytes, long start, long length) {
        if (length < 0) {
            throw Strings.negativeLength();
        }
        int from = Math.clamp(start - 1, 0, bytes.length);
        int end = Math.clamp(start - 1 + length, from, bytes.length);
        return Arrays.copyOfRange(bytes, from, end);
    }

    /** Bytes as characters, to share what is written for text. */
    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ofLatin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void trims(Definitions to) {
        to.define(
                "btrim(bytea, bytea) -> bytea",
                (byte[] bytes, byte[] set) -> ofLatin(Strings.trim(latin(bytes), latin(set))));
        to.define(
                "ltrim(bytea, bytea) -> bytea",
                (byte[] bytes, byte[] set) -> ofLatin(Strings.trimLeft(latin(bytes), latin(set))));
        to.define(
                "rtrim(bytea, bytea) -> bytea",
                (byte[] bytes, byte[] set) -> ofLatin(Strings.trimRight(latin(bytes), latin(set))));
    }

    private static void bits(Definitions to) {
        to.define(
                "get_byte(bytea, int4) -> int4",
                (byte[] bytes, Long at) -> (long) (bytes[index(at, bytes.length)] & 0xFF));
        to.define(
                "set_byte(bytea, int4, int4) -> bytea",
                (byte[] bytes, Long at, Long value) -> {
                    byte[] changed = bytes.clone();
                    changed[index(at, bytes.length)] = (byte) (long) value;
                    return changed;
                });
        to.define(
                "get_bit(bytea, int8) -> int4",
                (byte[] bytes, Long at) -> {
                    int bit = index(at, (long) bytes.length * BITS);
                    return (long) (bytes[bit / BITS] >> bit % BITS & 1);
                });
        to.define("set_bit(bytea, int8, int4) -> bytea", ByteFunctions::setBit);
        to.define(
                "bit_count(bytea) -> int8",
                (byte[] bytes) -> {
                    long count = 0;
                    for (byte b : bytes) {
                        count += Integer.bitCount(b & 0xFF);
                    }
                    return count;
                });
    }

    private static Object setBit(byte[] bytes, Long at, Long value) {
        if (value != 0 && value != 1) {
            throw new SqlException(ErrorCode.INVALID_PARAMETER_VALUE, "new bit must be 0 or 1");
        }
        int bit = index(at, (long) bytes.length * BITS);
        byte[] changed = bytes.clone();
        int mask = 1 << bit % BITS;
        changed[bit / BITS] =
                (byte) (value == 1 ? changed[bit / BITS] | mask : changed[bit / BITS] & ~mask);
        return changed;
    }

    private static int index(long at, long length) {
        if (at < 0 || at >= length) {
            throw new SqlException(
                    ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                    "index " + at + " out of valid range, 0.." + (length - 1));
        }
        return (int) at;
    }

    private static void hashes(Definitions to) {
        to.define(
                "md5(text) -> text",
                (String text) -> hex(digest("MD5", text.getBytes(StandardCharsets.UTF_8))));
        to.define("md5(bytea) -> text", (byte[] bytes) -> hex(digest("MD5", bytes)));
        to.define("sha224(bytea) -> bytea", (byte[] bytes) -> digest("SHA-224", bytes));
        to.define("sha256(bytea) -> bytea", (byte[] bytes) -> digest("SHA-256", bytes));
        to.define("sha384(bytea) -> bytea", (byte[] bytes) -> digest("SHA-384", bytes));
        to.define("sha512(bytea) -> bytea", (byte[] bytes) -> digest("SHA-512", bytes));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static void encodings(Definitions to) {
        to.define(
                "encode(bytea, text) -> text",
                (byte[] bytes, String name) -> ByteEncoding.find(name).encode(bytes));
        to.define(
                "decode(text, text) -> bytea",
                (String text, String name) -> ByteEncoding.find(name).decode(text));
        to.define(
                "convert_to(text, name) -> bytea stable",
                (String text, String name) -> {
                    Charset charset = charset(name, "destination");
                    if (!charset.newEncoder().canEncode(text)) {
                        throw new SqlException(
                                ErrorCode.UNTRANSLATABLE_CHARACTER,
                                "text has a character without equivalent in encoding \""
                                        + name
                                        + "\"");
                    }
                    return text.getBytes(charset);
                });
        to.define("convert_from(bytea, name) -> text stable", ByteFunctions::convertFrom);
    }

    private static Object convertFrom(byte[] bytes, String name) {
        try {
            String text =
                    charset(name, "source").newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) {
                throw invalidBytes(name);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw invalidBytes(name);
        }
    }

    private static SqlException invalidBytes(String name) {
        return new SqlException(
                ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"" + name.toUpperCase(Locale.ROOT) + "\"");
    }

    private static Charset charset(String name, String side) {
        return switch (name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "")) {
            case "utf8", "unicode" -> StandardCharsets.UTF_8;
            case "latin1", "iso88591" -> StandardCharsets.ISO_8859_1;
            case "sqlascii" -> StandardCharsets.US_ASCII;
            default ->
                    throw new SqlException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "invalid " + side + " encoding name \"" + name + "\"");
        };
    }
}
