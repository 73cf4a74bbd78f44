package io.faraddb.node.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.TestNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the node says of its own REST resources, held to the resources themselves. */
class OpenApiTest {

    private static final String ADDRESS = "/api/v1/openapi.json";

    @TempDir static Path dataDir;

    private static TestNode node;
    private static JsonNode api;

    @BeforeAll
    static void start() throws IOException {
        node = TestNode.start(dataDir);
        api = JsonMapper.shared().readTree(node.get(ADDRESS).body());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Set<String> described() {
        Set<String> operations = new TreeSet<>();
        api.get("paths")
                .propertyStream()
                .forEach(path ->
                        path.getValue()
                                .propertyNames()
                                .forEach(method ->
                                        operations.add(
                                                method.toUpperCase() + " " + path.getKey())));
        return operations;
    }

    @Test
    void everyResourceIsDescribedAndNothingElse() {
        Set<String> real =
                node
                        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                        .getHandlerMethods()
                        .entrySet()
                        .stream()
                        .filter(entry ->
                                entry.getValue()
                                        .getBeanType()
                                        .getPackageName()
                                        .equals(OpenApiTest.class.getPackageName()))
                        .flatMap(entry ->
                                entry.getKey().getPatternValues().stream()
                                        .flatMap(path ->
                                                entry
                                                        .getKey()
                                                        .getMethodsCondition()
                                                        .getMethods()
                                                        .stream()
                                                        .map(method -> method + " " + path)))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(real).hasSizeGreaterThan(15);
        assertThat(described()).isEqualTo(real);
    }

    @Test
    void everyOperationHasASentenceASubjectAndSaysHowItFails() {
        Set<String> names = new TreeSet<>();
        for (JsonNode path : api.get("paths")) {
            for (JsonNode operation : path) {
                String name = operation.get("operationId").asString();
                assertThat(names.add(name)).as(name).isTrue();
                assertThat(operation.get("summary").asString()).as(name).isNotBlank();
                assertThat(operation.get("tags").get(0).asString())
                        .as(name)
                        .doesNotContain("controller");
                assertThat(
                                operation
                                        .at("/responses/default/content")
                                        .has("application/problem+json"))
                        .as(name)
                        .isTrue();
            }
        }
        assertThat(api.at("/components/schemas/Problem/properties").has("sqlState")).isTrue();
    }

    @Test
    void recordsOfTheSameNameAreToldApart() {
        JsonNode schemas = api.at("/components/schemas");
        assertThat(schemas.at("/TableColumn/properties").has("notNull")).isTrue();
        assertThat(schemas.at("/SqlAnswerColumn/properties").has("notNull")).isFalse();
        assertThat(schemas.at("/Table/properties/columns/items/$ref").asString())
                .isEqualTo("#/components/schemas/TableColumn");
        assertThat(schemas.propertyNames()).doesNotContain("Column", "Request");
    }

    /** What can be asked for without knowing anything answers as it is said to. */
    @Test
    void answersHaveTheirDescribedForm() throws IOException {
        node.run("create table t (id int primary key, name text not null)");
        for (String path :
                described().stream()
                        .filter(operation ->
                                operation.startsWith("GET ") && !operation.contains("{"))
                        .map(operation -> operation.substring("GET ".length()))
                        .filter(path -> !path.endsWith("/live"))
                        .toList()) {
            HttpResponse<String> answer = node.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            JsonNode schema =
                    api.at("/paths")
                            .get(path)
                            .at("/get/responses/200/content")
                            .get("application/json")
                            .get("schema");
            check(path, schema, JsonMapper.shared().readTree(answer.body()));
        }
    }

    /** Each field of an object is described, and arrays hold what they are said to hold. */
    private static void check(String where, JsonNode schema, JsonNode value) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asString().replaceFirst(".*/", "");
            check(where, api.at("/components/schemas").get(name), value);
            return;
        }
        if (value.isObject()) {
            value.propertyStream()
                    .forEach(field -> {
                        String inner = where + "." + field.getKey();
                        JsonNode described = schema.path("properties").get(field.getKey());
                        assertThat(described).as(inner).isNotNull();
                        check(inner, described, field.getValue());
                    });
        } else if (value.isArray()) {
            assertThat(schema.get("type").asString()).as(where).isEqualTo("array");
            for (JsonNode item : value) {
                check(where + "[]", schema.get("items"), item);
            }
        } else if (value.isString()) {
            assertThat(schema.toString()).as(where).contains("string");
        } else if (value.isNumber()) {
            assertThat(schema.toString()).as(where).containsPattern("integer|number");
        }
    }

    @Test
    void nobodyIsToldWithoutAPassword() throws IOException {
        HttpRequest anonymous = HttpRequest.newBuilder(node.address(ADDRESS)).build();
        assertThat(node.send(anonymous).statusCode()).isEqualTo(401);
    }

    @Test
    void beginsAndEndsHaveTheirStatus() {
        assertThat(api.at("/paths/~1api~1v1~1snapshots/post/responses").propertyNames())
                .containsExactlyInAnyOrder("202", "default");
        assertThat(api.at("/paths/~1api~1v1~1snapshots~1{id}/delete/responses").propertyNames())
                .containsExactlyInAnyOrder("204", "default");
        assertThat(api.at("/paths/~1api~1v1~1live/get/responses/200/content").propertyNames())
                .containsExactly("text/event-stream");
        assertThat(api.at("/paths/~1api~1v1~1sql/post/responses/200/content").propertyNames())
                .containsExactlyInAnyOrder("application/json", "text/csv");
    }
}
