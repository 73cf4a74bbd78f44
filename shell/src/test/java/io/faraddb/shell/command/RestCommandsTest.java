package io.faraddb.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.shell.FakeNode;
import io.faraddb.shell.ShellProbe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that speak REST, with a node that answers by script. */
@Timeout(60)
class RestCommandsTest {

    private static final String UP = "{\"state\":\"UP\",\"node\":\"n1\",\"replicas\":2}";
    private static final String WHOLE =
            "{\"nodes\":[{\"name\":\"n1\",\"state\":\"UP\"}],\"partitions\":[{\"id\":0,\"leader\":"
                    + "\"n1\",\"replicas\":[\"n1\",\"n2\"],\"available\":true}]}";
    private static final String COMPLETE =
            "{\"id\":3,\"state\":\"complete\",\"createdAt\":\"2026-01-02T03:04:05Z\",\"label\":"
                    + "\"x\",\"kept\":true,\"rows\":5,\"bytes\":700,\"partitions\":[]}";
    private static final String WRITING =
            "{\"id\":3,\"state\":\"writing\",\"label\":\"x\",\"rows\":0,\"bytes\":0,\"progress\":"
                    + "{\"rows\":2,\"bytes\":70,\"rowsTotal\":5}}";

    @TempDir Path directory;
    private FakeNode node;
    private ShellProbe shell;

    @BeforeEach
    void start() throws IOException {
        node = new FakeNode();
        shell = new ShellProbe(directory);
        Files.writeString(directory.resolve("pw"), "secret\n");
    }

    @AfterEach
    void stop() {
        shell.close();
        node.close();
    }

    private int run(String... words) throws Exception {
        String[] all = new String[words.length + 4];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--http-url";
        all[words.length + 1] = node.url();
        all[words.length + 2] = "--password-file";
        all[words.length + 3] = "pw";
        return shell.run(all);
    }

    @Test
    void statusIsAListForPeopleAndADocumentForPrograms() throws Exception {
        node.on("GET status", 200, UP).on("GET topology", 200, WHOLE);
        assertThat(run("status")).isZero();
        assertThat(shell.out()).contains("state                      UP").doesNotContain("degr");
        assertThat(run("status", "-o", "json")).isZero();
        assertThat(shell.out()).contains("\"state\" : \"UP\"");
        assertThat(run("status", "-o", "csv")).isZero();
        assertThat(shell.out()).isEqualTo("state,node,replicas\nUP,n1,2\n");
        assertThat(node.logins()).containsOnly("Basic YWRtaW46c2VjcmV0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"replicas\":[\"n1\"]|partition 0 has 1 of 2 copies",
                "\"available\":false|partition 0 is not available",
                "\"state\":\"DOWN\"|node n1 is DOWN"
            })
    void whatIsMissingIsDegraded(String change, String sentence) throws Exception {
        String part = change.substring(0, change.indexOf(':') + 1);
        String degraded =
                WHOLE.replaceFirst(
                        part + "(\\[[^]]*]|true|\"UP\")",
                        java.util.regex.Matcher.quoteReplacement(change));
        node.on("GET status", 200, UP).on("GET topology", 200, degraded);
        assertThat(run("status")).isEqualTo(7);
        assertThat(shell.out()).contains(sentence);
    }

    @Test
    void topologyIsTwoTables() throws Exception {
        node.on("GET topology", 200, WHOLE);
        assertThat(run("cluster", "topology")).isZero();
        assertThat(shell.out()).contains("Nodes", "Partitions", "n1, n2");
    }

    @ParameterizedTest
    @CsvSource({
        "401, 4", "403, 4", "404, 1", "408, 6", "409, 5", "412, 5", "500, 1", "503, 3", "504, 6"
    })
    void answersOfANodeBecomeExitCodes(int status, int exit) throws Exception {
        node.on("GET config", status, "{\"detail\":\"no luck\"}");
        assertThat(run("config", "get")).isEqualTo(exit);
        assertThat(shell.errors()).startsWith("farad: ");
    }

    @Test
    void problemsAreToldWithStateAndHint() throws Exception {
        node.on(
                "POST snapshots",
                409,
                "{\"status\":409,\"detail\":\"one is being written\",\"sqlState\":\"55006\","
                        + "\"hint\":\"Wait for it.\"}");
        assertThat(run("snapshot", "create")).isEqualTo(5);
        assertThat(shell.errors())
                .isEqualTo("farad: one is being written (55006)\nHINT:  Wait for it.\n");
    }

    @Test
    void nodeThatIsNotThereIsUnavailable() throws Exception {
        assertThat(shell.run("status", "--http-url", "http://127.0.0.1:1")).isEqualTo(3);
        assertThat(shell.errors()).contains("no node answers at http://127.0.0.1:1");
        node.on("GET status", 200, "<html>");
        assertThat(run("status")).isEqualTo(1);
        assertThat(shell.errors()).contains("not answered in JSON");
    }

    @Test
    void whoSpeaksOpenlyToANodeThatEncryptsIsToldHow() throws Exception {
        node.on(
                "GET status",
                400,
                "Bad Request\nThis combination of host and port requires TLS.\n");
        assertThat(run("status")).isEqualTo(1);
        assertThat(shell.errors())
                .contains("needs an encrypted connection")
                .contains("--http-url https://");
    }

    @Test
    void verboseTellsCallsButNoPassword() throws Exception {
        node.on("GET snapshots", 200, "{\"snapshots\":[" + COMPLETE + "]}");
        assertThat(run("snapshot", "list", "--verbose")).isZero();
        assertThat(shell.errors())
                .isEqualTo("> GET " + node.url() + "/api/v1/snapshots\n< 200\n")
                .doesNotContain("secret");
    }

    @Test
    void snapshotsAreListed() throws Exception {
        node.on("GET snapshots", 200, "{\"snapshots\":[" + COMPLETE + "]}");
        assertThat(run("snapshot", "list", "-o", "csv")).isZero();
        assertThat(shell.out())
                .isEqualTo(
                        "id,state,createdAt,label,rows,bytes\n"
                                + "3,complete,2026-01-02T03:04:05Z,x,5,700\n");
        assertThat(run("snapshot", "list", "-o", "json")).isZero();
        assertThat(shell.out()).contains("\"partitions\"");
    }

    @Test
    void snapshotIsWaitedFor() throws Exception {
        node.on("POST snapshots", 202, WRITING)
                .on("GET snapshots/3", 200, WRITING)
                .on("GET snapshots/3", 200, COMPLETE);
        assertThat(run("snapshot", "create", "--label", "a \"b\"")).isZero();
        assertThat(new String(node.lastBody(), StandardCharsets.UTF_8)).isEmpty();
        assertThat(node.calls())
                .containsExactly("POST snapshots", "GET snapshots/3", "GET snapshots/3");
        assertThat(shell.out()).contains("complete");
    }

    @Test
    void snapshotMayBeLeftToItself() throws Exception {
        node.on("POST snapshots", 202, WRITING);
        assertThat(run("snapshot", "create", "--no-wait", "--label", "a \"b\"")).isZero();
        assertThat(new String(node.lastBody(), StandardCharsets.UTF_8))
                .isEqualTo("{\"label\":\"a \\\"b\\\"\"}");
        node.on("GET snapshots/3", 200, WRITING);
        assertThat(run("snapshot", "create", "--timeout", "0ms")).isEqualTo(6);
    }

    @Test
    void snapshotThatFailsFails() throws Exception {
        node.on("POST snapshots", 202, WRITING)
                .on("GET snapshots/3", 200, "{\"id\":3,\"state\":\"failed\",\"error\":\"full\"}");
        assertThat(run("snapshot", "create")).isEqualTo(1);
        assertThat(shell.errors()).contains("the snapshot failed: full");
    }

    @Test
    void snapshotsAreVerified() throws Exception {
        node.on("POST snapshots/3/verify", 200, COMPLETE)
                .on("POST snapshots/4/verify", 422, "{\"detail\":\"block 7 is damaged\"}");
        assertThat(run("snapshot", "verify", "3")).isZero();
        assertThat(shell.out()).contains("The snapshot is whole.");
        assertThat(run("snapshot", "verify", "4")).isEqualTo(1);
        assertThat(shell.errors()).contains("block 7 is damaged");
        assertThat(run("snapshot", "verify", "../x")).isEqualTo(2);
        assertThat(run("snapshot", "verify")).isEqualTo(2);
    }

    @Test
    void nothingIsDeletedUnasked() throws Exception {
        node.on("DELETE snapshots/3", 204, "");
        assertThat(run("snapshot", "delete", "3")).isEqualTo(2);
        assertThat(node.calls()).isEmpty();
        assertThat(run("snapshot", "delete", "3", "--yes")).isZero();
        assertThat(node.calls()).containsExactly("DELETE snapshots/3");
    }

    @Test
    void theNextStartRestoresWhatIsAskedFor() throws Exception {
        node.on("GET snapshots/3", 200, COMPLETE);
        node.on("POST snapshots/3/restore", 200, COMPLETE);
        node.on("DELETE snapshots/3/restore", 204, "");
        assertThat(run("snapshot", "restore", "3")).isEqualTo(2);
        assertThat(node.calls()).doesNotContain("POST snapshots/3/restore");
        assertThat(run("snapshot", "restore", "3", "--yes")).isZero();
        assertThat(shell.out()).contains("The next start does it: farad stop, then farad start.");
        assertThat(run("snapshot", "restore", "9", "--yes")).isEqualTo(1);
        assertThat(run("snapshot", "restore", "3", "--withdraw")).isZero();
        assertThat(shell.out()).contains("The next start restores nothing.");
        assertThat(node.calls()).contains("DELETE snapshots/3/restore");
    }

    @Test
    void configurationIsShownWholeOrInParts() throws Exception {
        node.on(
                "GET config",
                200,
                "[{\"name\":\"farad.pg.port\",\"value\":\"5432\"},{\"name\":\"farad.pgx\","
                        + "\"value\":\"\"},{\"name\":\"farad.pg.max\",\"value\":\"9\"}]");
        assertThat(run("config", "get", "farad.pg.port")).isZero();
        assertThat(shell.out()).isEqualTo("5432\n");
        assertThat(run("config", "get", "farad.pg", "-o", "csv")).isZero();
        assertThat(shell.out()).isEqualTo("name,value\nfarad.pg.port,5432\nfarad.pg.max,9\n");
        assertThat(run("config", "get", "farad.nope")).isEqualTo(1);
    }

    @Test
    void jarsAreLoadedAndTheirProceduresNamed() throws Exception {
        node.on("PUT jars/my", 200, "{\"name\":\"my\",\"sha256\":\"0\",\"bytes\":1}");
        Path jar = directory.resolve("my.jar");
        String entry = io.faraddb.examples.voter.Vote.class.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes);
                InputStream code =
                        io.faraddb.examples.voter.Vote.class
                                .getClassLoader()
                                .getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            out.write(Objects.requireNonNull(code).readAllBytes());
            out.putNextEntry(new JarEntry("other.class"));
            out.write(1);
        }
        Files.write(jar, bytes.toByteArray());
        assertThat(run("procedure", "load", jar.toString())).isZero();
        assertThat(node.lastBody()).isEqualTo(bytes.toByteArray());
        assertThat(shell.out())
                .contains("my  | io.faraddb.examples.voter.Vote")
                .contains("CREATE PROCEDURE vote ");
        assertThat(run("procedure", "load", jar.toString(), "--name", "a/b")).isEqualTo(2);
        assertThat(run("procedure", "load", directory.resolve("pw").toString())).isEqualTo(1);
        assertThat(run("procedure", "load", "none.jar")).isEqualTo(1);
    }

    @Test
    void proceduresAreListed() throws Exception {
        node.on(
                "GET procedures",
                200,
                "[{\"name\":\"pay\",\"parameters\":[\"bigint\",\"integer\"],\"partitionedBy\":"
                        + "\"a.id\",\"statements\":[\"x\"],\"className\":null}]");
        assertThat(run("procedure", "list", "-o", "csv")).isZero();
        assertThat(shell.out())
                .isEqualTo(
                        "name,parameters,partitionedBy,className\n"
                                + "pay,\"bigint, integer\",a.id,\n");
    }
}
