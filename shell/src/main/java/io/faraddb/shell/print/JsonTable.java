package io.faraddb.shell.print;

import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON answer as a table: a row for each object of an array; of a single object, its only row.
 *
 * @param columns one for each name that any object has
 */
public record JsonTable(List<Column> columns, List<List<@Nullable String>> rows) {

    /** More of a measured number is noise in a table. */
    private static final MathContext DIGITS = new MathContext(4);

    /** The table of an array of objects, or of an object. */
    public static JsonTable of(JsonNode node) {
        List<JsonNode> objects = objects(node);
        Set<String> names = new LinkedHashSet<>();
        objects.forEach(object -> names.addAll(object.propertyNames()));
        return of(objects, List.copyOf(names));
    }

    /** The same with these columns only. */
    public static JsonTable of(JsonNode node, List<String> names) {
        return of(objects(node), names);
    }

    private static List<JsonNode> objects(JsonNode node) {
        List<JsonNode> objects = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(objects::add);
        } else {
            objects.add(node);
        }
        return objects;
    }

    private static JsonTable of(List<JsonNode> objects, List<String> names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(new Column(name, kind(objects, name)));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode object : objects) {
            List<@Nullable String> row = new ArrayList<>();
            for (String name : names) {
                row.add(text(object.path(name)));
            }
            rows.add(row);
        }
        return new JsonTable(columns, rows);
    }

    /** Two columns, a row for each property: easier to read for a person than one long row. */
    public static JsonTable properties(JsonNode object) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        object.properties()
                .forEach(property -> {
                    List<@Nullable String> row = new ArrayList<>();
                    row.add(property.getKey());
                    row.add(text(property.getValue()));
                    rows.add(row);
                });
        return new JsonTable(List.of(Column.text("property"), Column.text("value")), rows);
    }

    private static Column.Kind kind(List<JsonNode> objects, String name) {
        boolean numbers = objects.stream().allMatch(object -> object.path(name).isNumber());
        return numbers ? Column.Kind.NUMBER : Column.Kind.TEXT;
    }

    private static @Nullable String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(JsonTable::text)
                    .collect(Collectors.joining(", "));
        }
        if (node.isFloatingPointNumber()) {
            return node.decimalValue().round(DIGITS).stripTrailingZeros().toPlainString();
        }
        return node.isString() ? node.stringValue() : node.toString();
    }
}
