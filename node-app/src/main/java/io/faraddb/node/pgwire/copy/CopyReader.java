package io.faraddb.node.pgwire.copy;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.CopyOptions.Header;
import io.faraddb.engine.session.SessionListener.RowSink;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.BinaryFormat;
import io.faraddb.engine.type.Coercion;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads COPY FROM's data to rows; its errors tell line and column. */
public final class CopyReader {

    /** One value. */
    private static final int VALUE_BYTES_MAX = 1 << 30;

    /** Characters of a value that an error shows. */
    private static final int SHOWN_MAX = 100;

    private final CopyBytes in;
    private final CopyOptions options;
    private final String table;
    private final List<Field> fields;
    private final FormatSettings settings;

    public CopyReader(
            CopySource source,
            CopyOptions options,
            String table,
            List<Field> fields,
            FormatSettings settings) {
        in = new CopyBytes(source);
        this.options = options;
        this.table = table;
        this.fields = fields;
        this.settings = settings;
    }

    /** Reads all. */
    public void read(RowSink sink) {
        if (options.format() == CopyOptions.Format.BINARY) {
            readBinary(sink);
        } else {
            readText(sink);
        }
        in.drain();
    }

    private void readText(RowSink sink) {
        TextLines lines = new TextLines(in, options, fields);
        if (options.header() != Header.NONE
                && nextLine(lines)
                && options.header() == Header.MATCH) {
            checkHeader(lines);
        }
        while (nextLine(lines)) {
            @Nullable Object[] row = textRow(lines);
            try {
                sink.row(row);
            } catch (SqlException e) {
                throw e.context() != null ? e : e.context(whole(lines));
            }
        }
    }

    private void checkHeader(TextLines lines) {
        List<@Nullable String> names = lines.fields();
        if (names.size() != fields.size()) {
            throw bad("wrong number of fields in header line: field count is %d, expected %d"
                            .formatted(names.size(), fields.size()))
                    .context(whole(lines));
        }
        for (int i = 0; i < fields.size(); i++) {
            String name = names.get(i);
            String expected = fields.get(i).name();
            if (!expected.equals(name)) {
                String got = name == null ? "null value" : "\"" + name + "\"";
                throw bad("column name mismatch in header line field %d: got %s, expected \"%s\""
                                .formatted(i + 1, got, expected))
                        .context(whole(lines));
            }
        }
    }

    private boolean nextLine(TextLines lines) {
        try {
            return lines.next();
        } catch (SqlException e) {
            throw e.context() != null ? e : e.context(place(lines.number()));
        }
    }

    private @Nullable Object[] textRow(TextLines lines) {
        List<@Nullable String> texts = lines.fields();
        if (texts.size() > fields.size()) {
            throw bad("extra data after last expected column").context(whole(lines));
        }
        if (texts.size() < fields.size()) {
            String missing = fields.get(texts.size()).name();
            throw bad("missing data for column \"" + missing + "\"").context(whole(lines));
        }
        @Nullable Object[] row = new @Nullable Object[fields.size()];
        for (int i = 0; i < row.length; i++) {
            String text = texts.get(i);
            if (text == null) {
                continue;
            }
            SqlType type = fields.get(i).type();
            try {
                row[i] = Coercion.toDeclared(type, TextFormat.parse(type, text, settings));
            } catch (SqlException e) {
                throw e.context(place(lines.number(), i) + ": \"" + shown(text) + "\"");
            }
        }
        return row;
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }

    private String whole(TextLines lines) {
        return place(lines.number()) + ": \"" + lines.shown() + "\"";
    }

    private String place(long line) {
        return "COPY " + table + ", line " + line;
    }

    private String place(long line, int column) {
        return place(line) + ", column " + fields.get(column).name();
    }

    private static SqlException bad(String message) {
        return new SqlException(ErrorCode.BAD_COPY_FILE_FORMAT, message);
    }

    private void readBinary(RowSink sink) {
        byte[] signature = in.readBytes(CopyWriter.SIGNATURE.length);
        if (!Arrays.equals(signature, CopyWriter.SIGNATURE)) {
            throw bad("COPY file signature not recognized");
        }
        int flags = in.readInt();
        if (flags >>> 16 != 0) {
            throw bad("unrecognized critical flags in COPY file header");
        }
        int extension = in.readInt();
        if (extension < 0 || extension > VALUE_BYTES_MAX) {
            throw bad("invalid COPY file header (wrong length)");
        }
        in.readBytes(extension);
        for (long line = 1; ; line++) {
            try {
                int count = in.readShort();
                if (count == -1) {
                    return;
                }
                if (count != fields.size()) {
                    throw bad("row field count is " + count + ", expected " + fields.size());
                }
                sink.row(binaryRow(line));
            } catch (SqlException e) {
                boolean placed = e.context() != null || e.code() != ErrorCode.BAD_COPY_FILE_FORMAT;
                throw placed ? e : e.context(place(line));
            }
        }
    }

    private @Nullable Object[] binaryRow(long line) {
        @Nullable Object[] row = new @Nullable Object[fields.size()];
        for (int i = 0; i < row.length; i++) {
            int length = in.readInt();
            if (length == -1) {
                continue;
            }
            if (length < 0 || length > VALUE_BYTES_MAX) {
                throw bad("invalid field size").context(place(line, i));
            }
            byte[] bytes = in.readBytes(length);
            SqlType type = fields.get(i).type();
            try {
                Object value = BinaryFormat.decode(type, ByteBuffer.wrap(bytes));
                row[i] = Coercion.toDeclared(type, value);
            } catch (SqlException e) {
                throw e.context(place(line, i));
            }
        }
        return row;
    }
}
