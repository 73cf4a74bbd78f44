package io.faraddb.shell.load;

import io.faraddb.shell.connect.ShellFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180) below a line of names.
 *
 * <p>A value without quotes that is empty is null, as COPY has it; with quotes it is an empty
 * string. A quoted value may hold line ends.
 */
public final class CsvRows implements SourceRows {

    /** A longer value is a quote that never ends. */
    private static final int VALUE_CHARACTERS_MAX = 16 * 1024 * 1024;

    private final Reader input;
    private final List<String> names;
    private long line = 1;
    private int ahead;

    /** Reads the names at once. */
    public CsvRows(Reader input) throws IOException {
        this.input = new BufferedReader(input, 1 << 16);
        this.ahead = this.input.read();
        if (ahead == '\uFEFF') {
            ahead = this.input.read();
        }
        List<@Nullable String> header = record();
        if (header == null) {
            throw ShellFailure.usage("the file is empty: its first line must name columns", null);
        }
        this.names = new ArrayList<>();
        for (String name : header) {
            if (name == null || name.isBlank()) {
                throw ShellFailure.usage("the first line must name each column", null);
            }
            names.add(name.strip());
        }
        if (Set.copyOf(names).size() < names.size()) {
            throw ShellFailure.usage("the first line names a column twice", null);
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    @Override
    public @Nullable SourceRow next() throws IOException {
        while (true) {
            long begin = line;
            List<@Nullable String> values = record();
            if (values == null) {
                return null;
            }
            if (values.size() == 1 && values.getFirst() == null && names.size() > 1) {
                // An empty line is no row, unless the table has but one column.
                continue;
            }
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(values.size(), names.size()); i++) {
                row.put(names.get(i), values.get(i));
            }
            String fault =
                    values.size() == names.size()
                            ? null
                            : values.size() + " values for " + names.size() + " columns";
            return new SourceRow(begin, row, fault);
        }
    }

    private @Nullable List<@Nullable String> record() throws IOException {
        if (ahead < 0) {
            return null;
        }
        List<@Nullable String> values = new ArrayList<>();
        values.add(value());
        while (ahead == ',') {
            ahead = input.read();
            values.add(value());
        }
        if (ahead == '\r') {
            ahead = input.read();
        }
        if (ahead == '\n') {
            ahead = input.read();
        }
        line++;
        return values;
    }

    private @Nullable String value() throws IOException {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        if (ahead == '"') {
            quoted = true;
            quotedPart(text);
        }
        while (ahead >= 0 && ahead != ',' && ahead != '\n' && ahead != '\r') {
            text.append((char) ahead);
            ahead = input.read();
        }
        return text.isEmpty() && !quoted ? null : text.toString();
    }

    private void quotedPart(StringBuilder text) throws IOException {
        long begin = line;
        ahead = input.read();
        while (true) {
            if (ahead < 0 || text.length() > VALUE_CHARACTERS_MAX) {
                throw ShellFailure.usage("a quote that opens in line " + begin + " never ends", "");
            }
            if (ahead == '"') {
                ahead = input.read();
                if (ahead != '"') {
                    return;
                }
            } else if (ahead == '\n') {
                line++;
            }
            text.append((char) ahead);
            ahead = input.read();
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
