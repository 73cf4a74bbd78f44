package io.faraddb.shell.load;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.print.CsvLine;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON: an array of objects, or objects one after the other. What is within a value is JSON text.
 *
 * <p>A property that an object has not leaves its column to the default, one that is null is null.
 * So objects with different properties go in different batches; a few are gathered at a time.
 */
public final class JsonBatches implements BatchSource, Closeable {

    /** Kinds of objects that are gathered side by side. */
    private static final int DRAFTS_MAX = 16;

    private final JsonMapper mapper =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    // What follows an object is the next one.
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    private final JsonParser parser;
    private final TableColumns table;
    private final @Nullable Set<String> wanted;
    private final RejectedRows rejected;
    private final int batchRows;
    private final Map<List<String>, Draft> drafts = new LinkedHashMap<>();
    private final Map<String, @Nullable String> columnOf = new HashMap<>();
    private final Deque<Batch> ready = new ArrayDeque<>();
    private boolean started;
    private boolean ended;
    private long number;

    private record Draft(BatchDraft rows, List<JsonNode> originals) {
        Batch finish() {
            return rows.finish(row -> originals.get(row).toString());
        }
    }

    /**
     * @param rejected gets what is no row of the table at all
     */
    public JsonBatches(
            InputStream input, TableColumns table, LoadSettings settings, RejectedRows rejected) {
        this.parser = mapper.createParser(input);
        this.table = table;
        this.rejected = rejected;
        this.batchRows = settings.batchRows();
        this.wanted =
                settings.columns().isEmpty()
                        ? null
                        : new LinkedHashSet<>(table.require(settings.columns()));
    }

    @Override
    public @Nullable Batch next() throws IOException {
        while (ready.isEmpty() && !ended) {
            JsonNode object = read();
            if (object == null) {
                ended = true;
                drafts.values().forEach(draft -> ready.add(draft.finish()));
                drafts.clear();
            } else {
                add(object);
            }
        }
        return ready.poll();
    }

    private @Nullable JsonNode read() {
        try {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY && !started) {
                token = parser.nextToken();
            }
            started = true;
            if (token == null || token == JsonToken.END_ARRAY) {
                return null;
            }
            number++;
            return mapper.readTree(parser);
        } catch (JacksonException e) {
            throw new ShellFailure(
                    Exit.FAILED,
                    "not JSON after object " + number + ": " + e.getOriginalMessage(),
                    "line " + e.getLocation().getLineNr());
        }
    }

    private void add(JsonNode object) throws IOException {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        String fault = values(object, values);
        if (fault != null) {
            rejected.add(number, object.toString(), fault);
            return;
        }
        List<String> columns = List.copyOf(values.keySet());
        Draft draft = drafts.get(columns);
        if (draft == null) {
            if (drafts.size() == DRAFTS_MAX) {
                flushLargest();
            }
            draft = new Draft(new BatchDraft(columns), new ArrayList<>());
            drafts.put(columns, draft);
        }
        byte[] record =
                CsvLine.of(new ArrayList<>(values.values())).getBytes(StandardCharsets.UTF_8);
        draft.rows().add(record, 0, record.length - 1);
        draft.rows().endRecord(number);
        draft.originals().add(object);
        if (draft.rows().isFull(batchRows)) {
            drafts.remove(columns);
            ready.add(draft.finish());
        }
    }

    private void flushLargest() {
        Draft largest =
                drafts.values().stream()
                        .max((a, b) -> Integer.compare(a.rows().rows(), b.rows().rows()))
                        .orElseThrow();
        drafts.remove(largest.rows().columns());
        ready.add(largest.finish());
    }

    /** Puts the values by column; says why the object is no row, if it is none. */
    private @Nullable String values(JsonNode object, Map<String, @Nullable String> values) {
        if (!object.isObject()) {
            return "not an object";
        }
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String column = columnOf.computeIfAbsent(property.getKey(), table::find);
            if (wanted != null && (column == null || !wanted.contains(column))) {
                continue;
            }
            if (column == null) {
                return "the table has no column \"" + property.getKey() + "\"";
            }
            if (values.containsKey(column)) {
                return "two properties for column \"" + column + "\"";
            }
            values.put(column, text(property.getValue()));
        }
        return values.isEmpty() ? "no values" : null;
    }

    private static @Nullable String text(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isString()) {
            return node.stringValue();
        }
        return node.isBigDecimal() ? node.decimalValue().toPlainString() : node.toString();
    }

    @Override
    public void close() {
        parser.close();
    }
}
