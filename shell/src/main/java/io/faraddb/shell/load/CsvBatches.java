package io.faraddb.shell.load;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file, cut into records but not into values: those the server reads.
 *
 * <p>A record ends at a line's end outside quotes, be it LF, CR or both. Empty lines are no rows,
 * unless the table has but one column.
 */
public final class CsvBatches implements BatchSource {

    /** A longer record is a quote that never ends. */
    private static final int RECORD_BYTES_MAX = 16 << 20;

    private static final int BYTE_ORDER_MARK_FIRST = 0xEF;
    private static final int END = -1;

    private final InputStream input;
    private final int batchRows;
    private final List<String> columns;
    private final byte[] chunk = new byte[1 << 16];
    private int chunkLength;
    private int chunkAt;
    private long line = 1;
    private @Nullable String header;
    private boolean emptyLinesCount;

    /**
     * @param input is not closed
     */
    public CsvBatches(InputStream input, TableColumns table, LoadSettings settings)
            throws IOException {
        this.input = input;
        this.batchRows = settings.batchRows();
        skipByteOrderMark();
        List<String> named = settings.header() ? header(settings) : table.names();
        this.columns = table.require(settings.columns().isEmpty() ? named : settings.columns());
        this.emptyLinesCount = columns.size() == 1;
    }

    /** The line that names columns, as the file has it; null if it has none. */
    public @Nullable String header() {
        return header;
    }

    private List<String> header(LoadSettings settings) throws IOException {
        BatchDraft first = new BatchDraft(List.of());
        if (!record(first)) {
            throw ShellFailure.usage(
                    "the file is empty: its first line must name columns",
                    "--no-header says that it does not");
        }
        String text = first.finish(null).record(0);
        header = text;
        List<String> names = new ArrayList<>();
        for (String name : CsvRecord.values(text, settings.delimiter(), "")) {
            if ((name == null || name.isBlank()) && settings.columns().isEmpty()) {
                throw ShellFailure.usage(
                        "the first line must name each column",
                        "--no-header says that it does not, --columns names them");
            }
            names.add(name == null ? "" : name.strip());
        }
        return names;
    }

    @Override
    public @Nullable Batch next() throws IOException {
        BatchDraft draft = new BatchDraft(columns);
        while (!draft.isFull(batchRows) && record(draft)) {
            // Goes on to the next record.
        }
        return draft.rows() == 0 ? null : draft.finish(null);
    }

    /** Adds the next record; false at the end. */
    private boolean record(BatchDraft draft) throws IOException {
        while (peek() != END) {
            long begin = line;
            readRecord(draft, begin);
            if (draft.recordBytes() > 0 || emptyLinesCount) {
                protectEndMark(draft);
                draft.endRecord(begin);
                return true;
            }
        }
        return false;
    }

    /** COPY takes a record of nothing but \. as the end of its data, and so loses what follows. */
    private static void protectEndMark(BatchDraft draft) {
        if (draft.recordBytes() == 2 && draft.recordByte(0) == '\\' && draft.recordByte(1) == '.') {
            draft.dropRecord();
            draft.add("\"\\.\"".getBytes(StandardCharsets.US_ASCII), 0, 4);
        }
    }

    private void readRecord(BatchDraft draft, long begin) throws IOException {
        boolean within = false;
        while (true) {
            // Plain bytes in one go.
            int start = chunkAt;
            while (chunkAt < chunkLength && !isSpecial(chunk[chunkAt])) {
                chunkAt++;
            }
            draft.add(chunk, start, chunkAt - start);
            int b = read();
            if (b == END || !within && (b == '\n' || b == '\r')) {
                if (b == END && within || draft.recordBytes() > RECORD_BYTES_MAX) {
                    throw neverEnds(begin);
                }
                line++;
                if (b == '\r' && peek() == '\n') {
                    var unused = read();
                }
                return;
            }
            line += b == '\n' ? 1 : 0;
            within ^= b == '"';
            draft.add((byte) b);
            if (draft.recordBytes() > RECORD_BYTES_MAX) {
                throw neverEnds(begin);
            }
        }
    }

    private static ShellFailure neverEnds(long line) {
        return new ShellFailure(Exit.FAILED, "a quote in the row of line " + line + " never ends");
    }

    private static boolean isSpecial(byte b) {
        return b == '"' || b == '\n' || b == '\r';
    }

    private void skipByteOrderMark() throws IOException {
        if (peek() == BYTE_ORDER_MARK_FIRST
                && chunkLength >= 3
                && chunk[1] == (byte) 0xBB
                && chunk[2] == (byte) 0xBF) {
            chunkAt = 3;
        }
    }

    private int peek() throws IOException {
        if (chunkAt == chunkLength) {
            int count = input.readNBytes(chunk, 0, chunk.length);
            chunkAt = 0;
            chunkLength = count;
        }
        return chunkAt < chunkLength ? chunk[chunkAt] & 0xFF : END;
    }

    private int read() throws IOException {
        int b = peek();
        chunkAt += b == END ? 0 : 1;
        return b;
    }
}
