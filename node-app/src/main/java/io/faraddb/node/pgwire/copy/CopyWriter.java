package io.faraddb.node.pgwire.copy;

import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.TextFormat;
import io.faraddb.node.pgwire.codec.RowWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows in COPY TO's formats. */
public final class CopyWriter {

    static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
    };

    private final CopyOptions options;
    private final List<Field> fields;
    private final FormatSettings settings;
    private final boolean[] forceQuote;

    public CopyWriter(CopyOptions options, List<Field> fields, FormatSettings settings) {
        this.options = options;
        this.fields = fields;
        this.settings = settings;
        this.forceQuote = new boolean[fields.size()];
        boolean all = options.forceQuote().equals(CopyOptions.ALL_COLUMNS);
        for (int i = 0; i < forceQuote.length; i++) {
            forceQuote[i] = all || options.forceQuote().contains(fields.get(i).name());
        }
    }

    public boolean binary() {
        return options.format() == CopyOptions.Format.BINARY;
    }

    public int columns() {
        return fields.size();
    }

    /** Writes what comes before the rows, if anything. */
    public void header(ByteBuf out) {
        if (binary()) {
            out.writeBytes(SIGNATURE).writeInt(0).writeInt(0);
        } else if (options.header() != CopyOptions.Header.NONE) {
            for (int i = 0; i < fields.size(); i++) {
                delimit(out, i);
                value(out, fields.get(i).name(), false);
            }
            out.writeByte('\n');
        }
    }

    public void row(ByteBuf out, @Nullable Object[] row) {
        if (binary()) {
            out.writeShort(row.length);
            for (int i = 0; i < row.length; i++) {
                Object value = row[i];
                if (value == null) {
                    out.writeInt(-1);
                } else {
                    RowWriter.writeBinary(out, fields.get(i).type(), value);
                }
            }
            return;
        }
        for (int i = 0; i < row.length; i++) {
            delimit(out, i);
            Object value = row[i];
            if (value == null) {
                ByteBufUtil.writeUtf8(out, options.nullText());
            } else {
                String text = TextFormat.format(fields.get(i).type(), value, settings);
                value(out, text, forceQuote[i]);
            }
        }
        out.writeByte('\n');
    }

    /** Writes what comes after the rows, if anything. */
    public void trailer(ByteBuf out) {
        if (binary()) {
            out.writeShort(-1);
        }
    }

    private void delimit(ByteBuf out, int column) {
        if (column > 0) {
            out.writeByte(options.delimiter());
        }
    }

    private void value(ByteBuf out, String text, boolean forceQuote) {
        if (options.format() == CopyOptions.Format.CSV) {
            csvValue(out, text, forceQuote);
        } else {
            textValue(out, text);
        }
    }

    private void textValue(ByteBuf out, String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char letter =
                    switch (c) {
                        case '\b' -> 'b';
                        case '\f' -> 'f';
                        case '\n' -> 'n';
                        case '\r' -> 'r';
                        case '\t' -> 't';
                        case 0x0B -> 'v';
                        default -> c;
                    };
            boolean escape = letter != c || c == '\\' || c == options.delimiter();
            if (escape && escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (escaped != null) {
                if (escape) {
                    escaped.append('\\');
                }
                escaped.append(letter);
            }
        }
        ByteBufUtil.writeUtf8(out, escaped == null ? text : escaped);
    }

    private void csvValue(ByteBuf out, String text, boolean forceQuote) {
        if (!forceQuote && !needsQuotes(text)) {
            ByteBufUtil.writeUtf8(out, text);
            return;
        }
        StringBuilder quoted = new StringBuilder(text.length() + 16).append(options.quote());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == options.quote() || c == options.escape()) {
                quoted.append(options.escape());
            }
            quoted.append(c);
        }
        ByteBufUtil.writeUtf8(out, quoted.append(options.quote()));
    }

    private boolean needsQuotes(String text) {
        if (text.equals(options.nullText()) || fields.size() == 1 && text.equals("\\.")) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == options.delimiter() || c == options.quote() || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }
}
