package io.faraddb.shell.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetFinderTest {

    @TempDir Path directory;

    @Test
    void localPortsAreTheDefault() {
        assertThat(finder(Map.of()).find(wanted(null, null, null, null)))
                .isEqualTo(
                        new Target(
                                "127.0.0.1",
                                5432,
                                "/farad",
                                "http://127.0.0.1:8080",
                                "admin",
                                null));
    }

    @Test
    void nodeOfTheDataDirectoryIsFoundWithItsPassword() throws IOException {
        node("farad-data");
        Target node =
                new Target("127.0.0.1", 4711, "/farad", "http://127.0.0.1:4712", "admin", "secret");
        assertThat(finder(Map.of()).find(wanted(null, null, null, null))).isEqualTo(node);
        assertThat(finder(Map.of()).find(wanted("127.0.0.1:4711", null, null, null)))
                .isEqualTo(node);
        assertThat(finder(Map.of()).find(wanted(null, "eve", null, null)).password()).isNull();
    }

    @Test
    void passwordOfTheLocalNodeGoesNowhereElse() throws IOException {
        node("farad-data");
        assertThat(finder(Map.of()).find(wanted("db.example:4711", null, null, null)).password())
                .isNull();
        assertThat(finder(Map.of()).find(wanted("127.0.0.1:5432", null, null, null)).password())
                .isNull();
    }

    @Test
    void commandLineComesBeforeEnvironment() throws IOException {
        Map<String, String> environment = Map.of("FARAD_URL", "a:1");
        node("other");
        assertThat(finder(environment).find(wanted(null, null, null, null)).jdbcUrl())
                .isEqualTo("jdbc:postgresql://a:1/farad");
        assertThat(finder(environment).find(wanted("b", null, null, null)).jdbcUrl())
                .isEqualTo("jdbc:postgresql://b:5432/farad");
        assertThat(finder(environment).find(wanted(null, null, null, "other")).jdbcUrl())
                .isEqualTo("jdbc:postgresql://127.0.0.1:4711/farad");
    }

    @Test
    void jdbcUrlsKeepTheirDatabaseAndParameters() throws IOException {
        Files.writeString(directory.resolve("pw"), "word\n");
        Target target =
                finder(Map.of())
                        .find(wanted("jdbc:postgresql://h:1/x?ssl=true", "bob", "pw", null));
        assertThat(target)
                .isEqualTo(new Target("h", 1, "/x?ssl=true", "http://h:8080", "bob", "word"));
        assertThat(target.toString()).doesNotContain("word");
        assertThat(target.jdbcUrl()).isEqualTo("jdbc:postgresql://h:1/x?ssl=true");
        assertThat(target.database()).isEqualTo("x");
        assertThat(target.encrypted()).isTrue();
    }

    @Test
    void whatCannotBeFoundIsSaid() {
        assertThatThrownBy(() -> finder(Map.of()).find(wanted("a:b:c", null, null, null)))
                .hasMessageContaining("a:b:c");
        assertThatThrownBy(() -> finder(Map.of()).find(wanted(null, null, "none", null)))
                .hasMessageContaining("none");
        assertThatThrownBy(() -> finder(Map.of()).find(wanted(null, null, null, "none")))
                .hasMessageContaining("none");
    }

    @Test
    void restMayBeElsewhere() throws IOException {
        node("farad-data");
        TargetFinder.Wanted elsewhere =
                new TargetFinder.Wanted("b:1", "https://b:8443/", null, null, null);
        assertThat(finder(Map.of()).find(elsewhere).httpUrl()).isEqualTo("https://b:8443");
        Map<String, String> environment = Map.of("FARAD_HTTP_URL", "http://c:1");
        assertThat(finder(environment).find(wanted("b:1", null, null, null)).httpUrl())
                .isEqualTo("http://c:1");
        assertThat(finder(environment).find(wanted(null, null, null, "farad-data")).httpUrl())
                .isEqualTo("http://127.0.0.1:4712");
        assertThatThrownBy(() ->
                        finder(Map.of())
                                .find(new TargetFinder.Wanted(null, "b:8080", null, null, null)))
                .hasMessageContaining("b:8080");
        assertThatThrownBy(() -> finder(Map.of()).find(wanted("b:70000", null, null, null)))
                .hasMessageContaining("70000 is no port");
    }

    @Test
    void statesBecomeExitCodes() {
        assertThat(Exit.ofState("08006")).isEqualTo(Exit.UNAVAILABLE);
        assertThat(Exit.ofState("28P01")).isEqualTo(Exit.NOT_AUTHORISED);
        assertThat(Exit.ofState("40001")).isEqualTo(Exit.PARTIAL);
        assertThat(Exit.ofState("57014")).isEqualTo(Exit.TIMED_OUT);
        assertThat(Exit.ofState("42P01")).isEqualTo(Exit.FAILED);
    }

    private TargetFinder finder(Map<String, String> environment) {
        return new TargetFinder(environment, directory, new PasswordPrompt());
    }

    private static TargetFinder.Wanted wanted(
            @Nullable String url,
            @Nullable String user,
            @Nullable String passwordFile,
            @Nullable String dataDirectory) {
        return new TargetFinder.Wanted(url, null, user, passwordFile, dataDirectory);
    }

    private void node(String name) throws IOException {
        Path data = Files.createDirectories(directory.resolve(name));
        Files.writeString(data.resolve("endpoints.json"), "{\"pg\":4711,\"http\":4712,\"pid\":1}");
        Files.writeString(data.resolve("admin.password"), "secret\n");
    }
}
