package io.faraddb.shell.load;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON: an array of objects, or objects one after the other. What is within them is JSON text. */
public final class JsonRows implements SourceRows {

    private final JsonMapper mapper =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    // What follows an object is the next one.
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    private final JsonParser parser;
    private boolean started;
    private long number;

    /** Reads as rows are asked for. */
    public JsonRows(Reader input) {
        this.parser = mapper.createParser(input);
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }

    @Override
    public @Nullable SourceRow next() {
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
            JsonNode node = mapper.readTree(parser);
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            if (!node.isObject()) {
                values.put("value", node.toString());
                return new SourceRow(number, values, "not an object");
            }
            node.properties().forEach(entry -> values.put(entry.getKey(), text(entry.getValue())));
            return new SourceRow(number, values, null);
        } catch (JacksonException e) {
            throw new ShellFailure(
                    Exit.FAILED,
                    "not JSON after object " + number + ": " + e.getOriginalMessage(),
                    "line " + e.getLocation().getLineNr());
        }
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
    public void close() throws IOException {
        parser.close();
    }
}
