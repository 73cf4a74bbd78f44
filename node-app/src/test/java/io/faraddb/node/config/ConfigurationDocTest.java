package io.faraddb.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds docs/configuration.md to the properties that there are. */
class ConfigurationDocTest {

    private static final String BEGIN = "<!-- properties -->\n";
    private static final String END = "<!-- end of properties -->\n";

    @Test
    void tellsEveryProperty() throws IOException {
        Path doc = Path.of("..", "docs", "configuration.md");
        String text = Files.readString(doc);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        String expected = text.substring(0, begin) + tables() + text.substring(text.indexOf(END));
        Path generated = Path.of("target", "configuration.md");
        Files.writeString(generated, expected);
        assertThat(text).as("copy %s to %s", generated, doc).isEqualTo(expected);
    }

    private static String tables() throws IOException {
        Map<String, StringBuilder> groups = new TreeMap<>();
        for (JsonNode property : metadata().get("properties")) {
            String name = property.get("name").asString();
            String group = name.substring(0, name.lastIndexOf('.'));
            groups.computeIfAbsent(
                            group,
                            title ->
                                    new StringBuilder(
                                            "\n### `%s`\n\n".formatted(title)
                                                    + "| property | default | meaning |\n"
                                                    + "| --- | --- | --- |\n"))
                    .append(row(name, property));
        }
        StringBuilder all = new StringBuilder();
        groups.values().forEach(all::append);
        return all.append('\n').toString();
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream in =
                FaradProperties.class.getResourceAsStream(
                        "/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private static String row(String name, JsonNode property) {
        JsonNode standard = property.get("defaultValue");
        assertThat(property.get("description")).as(name).isNotNull();
        return "| `%s` | %s | %s |\n"
                .formatted(
                        name.substring(name.lastIndexOf('.') + 1),
                        standard == null || standard.isArray()
                                ? ""
                                : "`" + standard.asString() + "`",
                        property.get("description").asString());
    }
}
