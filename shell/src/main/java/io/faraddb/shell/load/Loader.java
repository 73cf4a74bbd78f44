package io.faraddb.shell.load;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.print.CsvLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads rows, many with each COPY.
 *
 * <p>A batch that fails is halved until the rows at fault stand alone: those are rejected, the
 * others load. That relies on a COPY that fails leaving nothing behind.
 */
public final class Loader {

    /** Rows with one COPY. */
    public static final int ROWS_PER_COPY = 5_000;

    private final CopyTarget target;
    private final RejectedRows rejected;
    private final Progress progress;
    private final Map<String, String> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private long loaded;

    /** Loads into the target's columns. */
    public Loader(CopyTarget target, RejectedRows rejected, Progress progress) throws Exception {
        this.target = target;
        this.rejected = rejected;
        this.progress = progress;
        for (String column : target.columns()) {
            columns.put(column, column);
        }
    }

    /**
     * Loads all rows.
     *
     * @return how many are in the table now that were not before
     */
    public long load(SourceRows source) throws Exception {
        for (String name : source.names()) {
            if (!columns.containsKey(name)) {
                throw ShellFailure.usage(
                        "the table has no column \"" + name + "\"",
                        "it has: " + String.join(", ", columns.values()));
            }
        }
        rejected.expect(source.names());
        List<SourceRow> batch = new ArrayList<>(ROWS_PER_COPY);
        SourceRow row = source.next();
        while (row != null) {
            String fault = fault(row);
            if (fault == null) {
                batch.add(row);
            } else {
                rejected.add(row, fault);
            }
            if (batch.size() == ROWS_PER_COPY) {
                flush(batch);
            }
            row = source.next();
        }
        flush(batch);
        return loaded;
    }

    private @Nullable String fault(SourceRow row) {
        if (row.fault() != null) {
            return row.fault();
        }
        for (String name : row.values().keySet()) {
            if (!columns.containsKey(name)) {
                return "the table has no column \"" + name + "\"";
            }
        }
        return row.values().isEmpty() ? "no values" : null;
    }

    private void flush(List<SourceRow> batch) throws Exception {
        if (!batch.isEmpty()) {
            Set<String> names = new LinkedHashSet<>();
            batch.forEach(row -> names.addAll(row.values().keySet()));
            copy(batch, List.copyOf(names));
            batch.clear();
        }
    }

    private void copy(List<SourceRow> rows, List<String> names) throws Exception {
        StringBuilder text = new StringBuilder();
        for (SourceRow row : rows) {
            List<@Nullable String> values = new ArrayList<>(names.size());
            for (String name : names) {
                values.add(row.values().get(name));
            }
            text.append(CsvLine.of(values));
        }
        String fault = target.copy(names.stream().map(this::column).toList(), text.toString());
        if (fault == null) {
            loaded += rows.size();
        } else if (rows.size() == 1) {
            rejected.add(rows.getFirst(), fault);
        } else {
            int middle = rows.size() / 2;
            copy(rows.subList(0, middle), names);
            copy(rows.subList(middle, rows.size()), names);
            return;
        }
        progress.at(loaded, rejected.count());
    }

    private String column(String name) {
        String column = columns.get(name);
        if (column == null) {
            throw new ShellFailure(Exit.FAILED, "the table has no column \"" + name + "\"");
        }
        return column;
    }

    /** Takes rows by COPY. */
    public interface CopyTarget {

        /** The table's columns, in order. */
        List<String> columns() throws Exception;

        /**
         * Copies all of these rows or none.
         *
         * @param csv lines of comma-separated values
         * @return why the rows do not fit, or null if they are in the table
         */
        @Nullable String copy(List<String> columns, String csv) throws Exception;
    }

    /** Is told how far it is. */
    @FunctionalInterface
    public interface Progress {

        /** So many rows are done. */
        void at(long loaded, long rejected) throws IOException;
    }
}
