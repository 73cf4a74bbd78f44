package io.faraddb.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.catalog.ScramVerifier;
import io.faraddb.node.config.DataDirectory;
import io.faraddb.node.engine.NodeEngine;
import io.faraddb.node.pgwire.PgPort;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole node in this process, on real ports and a log on disk. */
class NodeTest {

    @TempDir static Path dataDir;

    private static ConfigurableApplicationContext node;
    private static int pgPort;
    private static int httpPort;
    private static String password;

    @BeforeAll
    static void start() throws Exception {
        DataDirectory directory = DataDirectory.open(dataDir);
        SpringApplication application = new SpringApplication(FaradApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("dataDirectory", directory));
        node =
                application.run(
                        "--farad.data-dir=" + dataDir,
                        "--farad.pg.port=0",
                        "--farad.http.port=0",
                        "--farad.cluster.partitions=2");
        pgPort = node.getBean(PgPort.class).port();
        WebServer server = ((WebServerApplicationContext) node).getWebServer();
        assertThat(server).isNotNull();
        httpPort = server.getPort();
        password = Files.readString(dataDir.resolve("admin.password")).strip();
    }

    @AfterAll
    static void stop() {
        node.close();
        assertThat(dataDir.resolve("endpoints.json")).doesNotExist();
        assertThat(dataDir.resolve("farad.pid")).doesNotExist();
    }

    private static Connection connect() throws Exception {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + pgPort + "/farad", "admin", password);
    }

    private static HttpResponse<String> get(String path, boolean authenticated) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path));
        if (authenticated) {
            request.header("Authorization", basic());
        }
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String basic() {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsTheRandomPasswordForItsOwnerOnly() throws Exception {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(dataDir.resolve("admin.password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void tellsItsEndpoints() throws Exception {
        assertThat(Files.readString(dataDir.resolve("endpoints.json")))
                .isEqualTo(
                        "{\"pg\":%d,\"http\":%d,\"pid\":%d}\n"
                                .formatted(pgPort, httpPort, ProcessHandle.current().pid()));
    }

    @Test
    void runsSqlOverTheDriver() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table account (id bigint primary key, name varchar(20))");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into account values (?, ?)")) {
                for (int i = 0; i < 100; i++) {
                    insert.setLong(1, i);
                    insert.setString(2, "name " + i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(100).containsOnly(1);
            }
            try (PreparedStatement select =
                    connection.prepareStatement("select name from account where id = ?")) {
                for (int i = 0; i < 20; i++) {
                    select.setLong(1, i);
                    try (ResultSet rows = select.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(1)).isEqualTo("name " + i);
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery("select count(*) from account")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(100);
            }
            connection.setAutoCommit(false);
            statement.execute("update account set name = 'x' where id = 1");
            connection.rollback();
            connection.setAutoCommit(true);
            try (ResultSet rows = statement.executeQuery("select name from account where id = 1")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("name 1");
            }
        }
    }

    @Test
    void onlyHealthIsAnonymous() throws Exception {
        for (String path :
                new String[] {
                    "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"
                }) {
            HttpResponse<String> health = get(path, false);
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"status\":\"UP\"").doesNotContain("details");
        }
        for (String path :
                new String[] {"/actuator/prometheus", "/actuator/info", "/api/v1/status"}) {
            assertThat(get(path, false).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void exposesMetrics() throws Exception {
        HttpResponse<String> metrics = get("/actuator/prometheus", true);
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("jvm_memory_used_bytes")
                .contains("farad_txn_total{cluster=\"farad\",node=\"n1\"}")
                .contains("farad_partition_executed_total{")
                .contains("farad_client_connections{")
                .contains("farad_auth_total{")
                .contains("reason=\"too_many\"");
    }

    @Test
    void tellsStatusTopologyAndTables() throws Exception {
        String create = "create table place (id int primary key, name text not null default 'x')";
        assertThat(sql(create).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/status", true).body())
                .contains("\"state\":\"UP\"", "\"partitions\":2");
        assertThat(get("/api/v1/topology", true).body())
                .contains("\"leader\":\"n1\"", "\"available\":true");
        assertThat(get("/api/v1/tables/place", true).body())
                .contains("\"partitionColumn\":\"id\"", "\"type\":\"integer\"", "\"rows\":0");
        assertThat(get("/api/v1/tables/nowhere", true).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/procedures", true).body()).isEqualTo("[]");
        assertThat(get("/api/v1/config", true).body())
                .contains("{\"name\":\"farad.cluster.partitions\",\"value\":\"2\"}");
    }

    private static HttpResponse<String> post(String path, String json) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                        .header("Authorization", basic())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    @Test
    void takesListsAndVerifiesSnapshots() throws Exception {
        assertThat(sql("create table kept (id int primary key)").statusCode()).isEqualTo(200);
        assertThat(sql("insert into kept values (1), (2), (3)").statusCode()).isEqualTo(200);
        HttpResponse<String> begun = post("/api/v1/snapshots", "{\"label\":\"first\"}");
        assertThat(begun.statusCode()).isEqualTo(202);
        String location = begun.headers().firstValue("Location").orElseThrow();
        String state = get(location, true).body();
        for (int i = 0; i < 1000 && state.contains("\"state\":\"writing\""); i++) {
            LockSupport.parkNanos(10_000_000);
            state = get(location, true).body();
        }
        assertThat(state)
                .contains("\"state\":\"complete\"", "\"label\":\"first\"", "\"kept\":true")
                .contains("\"partition\":-1");
        assertThat(get("/api/v1/snapshots", true).body()).contains(state);
        assertThat(post(location + "/verify", "").statusCode()).isEqualTo(200);
        HttpResponse<String> needed =
                send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + httpPort + location))
                                .header("Authorization", basic())
                                .DELETE()
                                .build());
        assertThat(needed.statusCode()).isEqualTo(409);
        assertThat(needed.body()).contains("\"sqlState\":\"55006\"", "two newest");
        assertThat(get("/api/v1/snapshots/99", true).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> putJar(String login, byte[] bytes) throws Exception {
        return send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + httpPort + "/api/v1/jars/hello"))
                        .header("Authorization", login)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build());
    }

    /** An archive of this test's own procedure. */
    private static byte[] jar() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String entry = HelloProcedure.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(bytes);
                InputStream code =
                        HelloProcedure.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            jar.write(Objects.requireNonNull(code).readAllBytes());
        }
        return bytes.toByteArray();
    }

    @Test
    void loadsArchivesOfProcedures() throws Exception {
        assertThat(putJar(basic(), "no archive".getBytes(StandardCharsets.UTF_8)).body())
                .contains("\"sqlState\":\"22023\"", "not a jar");
        HttpResponse<String> loaded = putJar(basic(), jar());
        assertThat(loaded.statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/jars", true).body()).isEqualTo("[" + loaded.body() + "]");
        assertThat(sql("create procedure hello from class " + HelloProcedure.class.getName()))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(200);
        assertThat(sql("call hello('you')").body()).contains("\"rows\":[[\"hello you\"]]");
        assertThat(sql("drop procedure hello").statusCode()).isEqualTo(200);
    }

    @Test
    void onlySuperusersLoadArchives() throws Exception {
        String verifier = ScramVerifier.of("word", new byte[ScramVerifier.SALT_BYTES]).text();
        node.getBean(NodeEngine.class).engine().putUser("guest", verifier, false);
        String guest =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString("guest:word".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> refused = putJar(guest, jar());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"sqlState\":\"42501\"");
    }

    private static HttpResponse<String> sql(String sql) throws Exception {
        return post("/api/v1/sql", "{\"sql\":\"" + sql.replace("\"", "\\\"") + "\"}");
    }

    @Test
    void runsSqlOverHttp() throws Exception {
        HttpResponse<String> answer = sql("select 1 as a, 'x' as b, 2.50 as c, null as d");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"tag\":\"SELECT 1\"", "\"rows\":[[1,\"x\",\"2.50\",null]]");
        HttpResponse<String> error = sql("selec 1");
        assertThat(error.statusCode()).isEqualTo(400);
        assertThat(error.body()).contains("\"sqlState\":\"42601\"", "\"position\":1");
    }

    @Test
    void aSecondNodeCannotHaveTheDirectory() {
        assertThat(StartReport.explain(catchFailure()).exitCode()).isEqualTo(73);
    }

    private static Throwable catchFailure() {
        try {
            DataDirectory.open(dataDir);
            throw new AssertionError("it could");
        } catch (RuntimeException e) {
            return e;
        }
    }
}
