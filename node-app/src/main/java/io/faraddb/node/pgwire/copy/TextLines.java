package io.faraddb.node.pgwire.copy;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.BinaryFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts the text and csv formats into lines of fields. */
final class TextLines {

    private enum LineEnd {
        LF,
        CR,
        CR_LF
    }

    /** Characters of a line that an error shows. */
    private static final int SHOWN_MAX = 100;

    private final CopyBytes in;
    private final boolean csv;
    private final byte delimiter;
    private final byte quote;
    private final byte escape;
    private final byte[] nullText;
    private final boolean[] forceNotNull;
    private final boolean[] forceNull;

    private final List<@Nullable String> fields = new ArrayList<>();
    private byte[] field = new byte[256];
    private int length;
    private byte[] line = new byte[SHOWN_MAX];
    private int lineLength;
    private boolean quoted;
    private boolean escaped;
    private boolean ended;
    private @Nullable LineEnd lineEnd;
    private long number;

    TextLines(CopyBytes in, CopyOptions options, List<Field> columns) {
        this.in = in;
        forceNotNull = flags(columns, options.forceNotNull());
        forceNull = flags(columns, options.forceNull());
        csv = options.format() == CopyOptions.Format.CSV;
        delimiter = (byte) options.delimiter();
        quote = (byte) options.quote();
        escape = (byte) options.escape();
        nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean[] flags(List<Field> columns, Set<String> names) {
        boolean[] flags = new boolean[columns.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = names.contains(columns.get(i).name());
        }
        return flags;
    }

    /** Lines read. */
    long number() {
        return number;
    }

    /** The fields of the line just read, null for null. */
    List<@Nullable String> fields() {
        return fields;
    }

    /** The line just read, as an error shows it. */
    String shown() {
        String text = new String(line, 0, Math.min(lineLength, SHOWN_MAX), StandardCharsets.UTF_8);
        return lineLength > SHOWN_MAX ? text + "..." : text;
    }

    /**
     * Reads a line.
     *
     * @return false at the end of the data
     */
    boolean next() {
        fields.clear();
        length = 0;
        lineLength = 0;
        quoted = false;
        escaped = false;
        if (ended || in.peek() == CopyBytes.END) {
            return false;
        }
        number++;
        return csv ? nextCsv() : nextText();
    }

    private boolean nextText() {
        while (true) {
            int b = in.read();
            if (b == CopyBytes.END || isLineEnd(b)) {
                endField();
                return true;
            }
            show(b);
            if (b == '\\') {
                // Escapes are resolved when the field is whole, since \N is told by its bytes.
                escaped = true;
                put(b);
                int next = in.read();
                if (next != CopyBytes.END) {
                    show(next);
                    put(next);
                }
                if (next == '.') {
                    return endMark();
                }
            } else if ((byte) b == delimiter) {
                endField();
            } else {
                put(b);
            }
        }
    }

    /** A backslash and a point end the data; what stands before them is a last line. */
    private boolean endMark() {
        int next = in.peek();
        ended = next == CopyBytes.END || next == '\n' || next == '\r';
        if (!ended) {
            throw bad("end-of-copy marker corrupt");
        }
        if (lineLength == 2) {
            return false;
        }
        length -= 2;
        endField();
        return true;
    }

    private static SqlException bad(String message) {
        return new SqlException(ErrorCode.BAD_COPY_FILE_FORMAT, message);
    }

    private boolean nextCsv() {
        boolean within = false;
        while (true) {
            int b = in.read();
            if (b == CopyBytes.END) {
                if (within) {
                    throw bad("unterminated CSV quoted field");
                }
                endField();
                return true;
            }
            if (within) {
                show(b);
                int next = (byte) b == escape ? in.peek() : CopyBytes.END;
                boolean literal = next >= 0 && ((byte) next == quote || (byte) next == escape);
                if ((byte) b == escape && literal) {
                    show(next);
                    put(in.read());
                } else if ((byte) b == quote) {
                    within = false;
                } else {
                    number += b == '\n' ? 1 : 0;
                    put(b);
                }
            } else if (isLineEnd(b)) {
                endField();
                return true;
            } else {
                show(b);
                if (isEndMark()) {
                    return false;
                }
                if ((byte) b == delimiter) {
                    endField();
                } else if ((byte) b == quote) {
                    within = true;
                    quoted = true;
                } else {
                    put(b);
                }
            }
        }
    }

    /** LF, CR or both, of which it takes the second: as the first line ended, so do all. */
    private boolean isLineEnd(int b) {
        if (b != '\n' && b != '\r') {
            return false;
        }
        LineEnd end = b == '\n' ? LineEnd.LF : LineEnd.CR;
        if (end == LineEnd.CR && lineEnd != LineEnd.CR && in.peek() == '\n') {
            in.read();
            end = LineEnd.CR_LF;
        }
        if (lineEnd != null && lineEnd != end) {
            throw end == LineEnd.LF ? stray("newline", "\\n") : stray("carriage return", "\\r");
        }
        lineEnd = end;
        return true;
    }

    private SqlException stray(String character, String escape) {
        return csv
                ? bad("unquoted " + character + " found in data")
                        .hint("Use quoted CSV field to represent " + character + ".")
                : bad("literal " + character + " found in data")
                        .hint("Use \"" + escape + "\" to represent " + character + ".");
    }

    /** Whether a line of csv is a backslash and a point: older clients end the data so. */
    private boolean isEndMark() {
        if (lineLength != 2 || line[0] != '\\' || line[1] != '.' || quoted) {
            return false;
        }
        int next = in.peek();
        ended = next == CopyBytes.END || next == '\n' || next == '\r';
        return ended;
    }

    private void show(int b) {
        if (lineLength < SHOWN_MAX) {
            line[lineLength] = (byte) b;
        }
        lineLength++;
    }

    private void put(int b) {
        if (length == field.length) {
            field = Arrays.copyOf(field, 2 * length);
        }
        field[length++] = (byte) b;
    }

    private void endField() {
        boolean isNull =
                Arrays.equals(field, 0, length, nullText, 0, nullText.length) && mayBeNull();
        if (!isNull && escaped) {
            unescape();
        }
        fields.add(isNull ? null : BinaryFormat.decodeUtf8(ByteBuffer.wrap(field, 0, length)));
        length = 0;
        quoted = false;
        escaped = false;
    }

    /** Whether the text of null is null in this field. */
    private boolean mayBeNull() {
        int column = fields.size();
        boolean nullEvenSo = column < forceNull.length && forceNull[column];
        boolean textEvenSo = column < forceNotNull.length && forceNotNull[column];
        return nullEvenSo || (!quoted && !textEvenSo);
    }

    /** Replaces backslash sequences in place. */
    private void unescape() {
        int to = 0;
        int from = 0;
        while (from < length) {
            byte b = field[from++];
            if (b == '\\' && from < length) {
                b = field[from++];
                if (b >= '0' && b <= '7') {
                    int value = b - '0';
                    for (int i = 0; i < 2 && from < length && isDigit(field[from], 8); i++) {
                        value = value << 3 | field[from++] - '0';
                    }
                    b = (byte) value;
                } else if (b == 'x' && from < length && isDigit(field[from], 16)) {
                    int value = 0;
                    for (int i = 0; i < 2 && from < length && isDigit(field[from], 16); i++) {
                        value = value << 4 | Character.digit(field[from++], 16);
                    }
                    b = (byte) value;
                } else {
                    b = control(b);
                }
            }
            field[to++] = b;
        }
        length = to;
    }

    private static boolean isDigit(byte b, int radix) {
        return b > 0 && Character.digit(b, radix) >= 0;
    }

    private static byte control(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> letter;
        };
    }
}
