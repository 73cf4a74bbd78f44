package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Texts that stand for bytes: encode() and decode(). */
enum ByteEncoding {
    HEX {
        @Override
        String encode(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }

        @Override
        byte[] decode(String text) {
            return (byte[]) TextFormat.parse(SqlType.BYTEA, "\\x" + text);
        }
    },
    BASE64 {
        @Override
        String encode(byte[] bytes) {
            return Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(bytes);
        }

        @Override
        byte[] decode(String text) {
            return decodeBase64(text);
        }
    },
    ESCAPE {
        @Override
        String encode(byte[] bytes) {
            StringBuilder out = new StringBuilder(bytes.length);
            for (byte b : bytes) {
                if (b == 0 || b < 0) {
                    out.append('\\');
                    for (int shift = 6; shift >= 0; shift -= 3) {
                        out.append((char) ('0' + (b >> shift & 7 & (shift == 6 ? 3 : 7))));
                    }
                } else {
                    out.append(b == '\\' ? "\\" : "").append((char) b);
                }
            }
            return out.toString();
        }

        @Override
        byte[] decode(String text) {
            // What begins with \x would be read as the other form.
            return text.startsWith("\\x")
                    ? invalidEscape()
                    : (byte[]) TextFormat.parse(SqlType.BYTEA, text);
        }
    };

    private static final int LINE_LENGTH = 76;

    abstract String encode(byte[] bytes);

    abstract byte[] decode(String text);

    static ByteEncoding find(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "hex" -> HEX;
            case "base64" -> BASE64;
            case "escape" -> ESCAPE;
            default ->
                    throw new SqlException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "unrecognized encoding: \"" + name + "\"");
        };
    }

    private static byte[] invalidEscape() {
        throw new SqlException(
                ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea");
    }

    private static byte[] decodeBase64(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        int buffer = 0;
        int count = 0;
        int padding = 0;
        for (byte c : text.getBytes(StandardCharsets.UTF_8)) {
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                continue;
            }
            int value;
            if (c == '=') {
                if (padding == 0 && count < 2) {
                    throw invalid("unexpected \"=\" while decoding base64 sequence");
                }
                padding++;
                value = 0;
            } else {
                value = BASE64_DIGITS.indexOf(c);
                if (value < 0 || padding > 0) {
                    throw invalid(
                            "invalid symbol \"%c\" found while decoding base64 sequence"
                                    .formatted((char) c));
                }
            }
            buffer = buffer << 6 | value;
            if (++count == 4) {
                for (int i = 0; i < 3 - padding; i++) {
                    out.write(buffer >> 16 - 8 * i);
                }
                count = 0;
                buffer = 0;
            }
        }
        if (count != 0) {
            throw invalid("invalid base64 end sequence")
                    .hint(
                            "Input data is missing padding, is truncated,"
                                    + " or is otherwise corrupted.");
        }
        return out.toByteArray();
    }

    private static final String BASE64_DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static SqlException invalid(String message) {
        return new SqlException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }
}
