package io.faraddb.shell.load;

import io.faraddb.shell.print.CsvLine;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of rows that did not fit, made with the first of them: line, reason, and the row's
 * values under their names.
 */
public final class RejectedRows implements Closeable {

    private final Path file;
    private @Nullable Writer writer;
    private List<String> names = List.of();
    private long count;

    /** Will be this file. */
    public RejectedRows(Path file) {
        this.file = file;
    }

    /** Where they are. */
    public Path file() {
        return file;
    }

    /** How many there are. */
    public long count() {
        return count;
    }

    /** The names that rows will have. */
    void expect(Set<String> expected) {
        names = List.copyOf(expected);
    }

    void add(SourceRow row, String reason) throws IOException {
        List<String> rowNames = List.copyOf(row.values().keySet());
        Writer out = writer;
        if (out == null) {
            out = Files.newBufferedWriter(file);
            writer = out;
        }
        // Objects differ in their names; a file of values is as uniform as can be.
        if (count == 0 || !names.containsAll(rowNames)) {
            if (!names.containsAll(rowNames)) {
                names = rowNames;
            }
            List<String> header = new ArrayList<>(List.of("rejected_line", "rejected_reason"));
            header.addAll(names);
            out.write(CsvLine.of(header));
        }
        List<@Nullable String> values = new ArrayList<>();
        values.add(Long.toString(row.number()));
        values.add(reason);
        for (String name : names) {
            values.add(row.values().get(name));
        }
        out.write(CsvLine.of(values));
        count++;
    }

    @Override
    public void close() throws IOException {
        Writer out = writer;
        if (out != null) {
            out.close();
        }
    }
}
