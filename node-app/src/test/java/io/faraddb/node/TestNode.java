package io.faraddb.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.config.DataDirectory;
import io.faraddb.node.engine.NodeFiles;
import io.faraddb.node.pgwire.PgPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A whole node in this process, on free ports, with two partitions. */
public final class TestNode implements AutoCloseable {

    private final ServletWebServerApplicationContext context;
    private final String password;
    private final int httpPort;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestNode(
            Path dataDir, Consumer<ConfigurableListableBeanFactory> beans, List<String> options)
            throws IOException {
        DataDirectory directory = DataDirectory.open(dataDir);
        SpringApplication application = new SpringApplication(FaradApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.addInitializers(starting -> {
            starting.getBeanFactory().registerSingleton("dataDirectory", directory);
            beans.accept(starting.getBeanFactory());
        });
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--farad.data-dir=" + dataDir,
                                "--farad.pg.port=0",
                                "--farad.http.port=0",
                                "--farad.cluster.partitions=2"));
        all.addAll(options);
        context = (ServletWebServerApplicationContext) application.run(all.toArray(String[]::new));
        WebServer server = context.getWebServer();
        assertThat(server).isNotNull();
        httpPort = server.getPort();
        password = Files.readString(dataDir.resolve("admin.password")).strip();
    }

    /**
     * Starts one.
     *
     * @param options as Spring takes them, such as {@code --farad.node.name=n2}
     */
    public static TestNode start(Path dataDir, String... options) throws IOException {
        return new TestNode(dataDir, beans -> {}, List.of(options));
    }

    /** Starts one whose files are somewhere else. */
    public static TestNode start(Path dataDir, NodeFiles files, String... options)
            throws IOException {
        return new TestNode(
                dataDir, beans -> beans.registerSingleton("files", files), List.of(options));
    }

    public int httpPort() {
        return httpPort;
    }

    public int pgPort() {
        return bean(PgPort.class).port();
    }

    /** Of admin. */
    public String password() {
        return password;
    }

    /** As if nobody had asked for anything for half an hour. */
    public void expireSessions() {
        TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());
        for (Container application : server.getTomcat().getHost().findChildren()) {
            Manager sessions = ((Context) application).getManager();
            for (Session session : sessions.findSessions()) {
                session.expire();
            }
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** Over the PostgreSQL port. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + pgPort() + "/farad", "admin", password);
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    /** A request of admin's, by HTTP Basic. */
    public HttpRequest.Builder request(String path) {
        String credentials = "admin:" + password;
        return HttpRequest.newBuilder(address(path))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                credentials.getBytes(StandardCharsets.UTF_8)));
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    public HttpResponse<String> get(String path) throws IOException {
        return send(request(path).build());
    }

    public HttpResponse<String> post(String path, String json) throws IOException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    /** Runs statements over REST, which have to succeed. */
    public void run(String sql) throws IOException {
        HttpResponse<String> answer =
                post("/api/v1/sql", "{\"sql\":\"" + sql.replace("\"", "\\\"") + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
