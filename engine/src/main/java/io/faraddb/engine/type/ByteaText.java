package io.faraddb.engine.type;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Text of bytea: the hex form {@code \x0a1b} and the older escape form. */
final class ByteaText {

    private static final HexFormat HEX = HexFormat.of();

    private ByteaText() {}

    static byte[] parse(String text) {
        return text.startsWith("\\x") ? parseHex(text) : parseEscaped(text);
    }

    private static byte[] parseHex(String text) {
        byte[] bytes = new byte[(text.length() - 2) / 2];
        int count = 0;
        int i = 2;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                i++;
                continue;
            }
            int high = hexDigit(c);
            if (i + 1 == text.length()) {
                throw new SqlException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "invalid hexadecimal data: odd number of digits");
            }
            bytes[count++] = (byte) (high << 4 | hexDigit(text.charAt(i + 1)));
            i += 2;
        }
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    private static int hexDigit(char c) {
        if (!HexFormat.isHexDigit(c)) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "invalid hexadecimal digit: \"" + c + "\"");
        }
        return HexFormat.fromHexDigit(c);
    }

    private static byte[] parseEscaped(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        int i = 0;
        while (i < in.length) {
            if (in[i] != '\\') {
                out.write(in[i]);
                i++;
            } else if (i + 1 < in.length && in[i + 1] == '\\') {
                out.write('\\');
                i += 2;
            } else if (i + 3 < in.length
                    && isOctal(in[i + 1], '3')
                    && isOctal(in[i + 2], '7')
                    && isOctal(in[i + 3], '7')) {
                out.write((in[i + 1] - '0') << 6 | (in[i + 2] - '0') << 3 | (in[i + 3] - '0'));
                i += 4;
            } else {
                throw new SqlException(
                        ErrorCode.INVALID_TEXT_REPRESENTATION,
                        "invalid input syntax for type bytea");
            }
        }
        return out.toByteArray();
    }

    private static boolean isOctal(byte digit, char most) {
        return digit >= '0' && digit <= most;
    }

    static String format(byte[] value, boolean escaped) {
        if (!escaped) {
            return HEX.formatHex(value, 0, value.length).transform("\\x"::concat);
        }
        StringBuilder out = new StringBuilder(value.length + 16);
        for (byte b : value) {
            int unsigned = b & 0xFF;
            if (b == '\\') {
                out.append("\\\\");
            } else if (unsigned < 0x20 || unsigned > 0x7E) {
                out.append('\\')
                        .append((char) ('0' + (unsigned >> 6)))
                        .append((char) ('0' + (unsigned >> 3 & 7)))
                        .append((char) ('0' + (unsigned & 7)));
            } else {
                out.append((char) unsigned);
            }
        }
        return out.toString();
    }
}
