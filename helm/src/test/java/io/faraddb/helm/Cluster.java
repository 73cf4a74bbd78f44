package io.faraddb.helm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As much of a Kubernetes API server as Helm asks while it renders: which secrets there are.
 *
 * <p>Helm finds it by the file that KUBECONFIG names, as the build sets it.
 */
final class Cluster implements AutoCloseable {

    private static final String KINDS =
            """
            {"kind":"APIResourceList","groupVersion":"v1","resources":[
             {"name":"secrets","singularName":"secret","namespaced":true,"kind":"Secret",
              "verbs":["get","list"]}]}
            """;
    private static final String NOT_FOUND =
            """
            {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}
            """;

    private final HttpServer server;
    private final Map<String, String> passwords = new ConcurrentHashMap<>();

    Cluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Files.writeString(
                Path.of(System.getenv("KUBECONFIG")),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                users: [{name: test, user: {}}]
                current-context: test
                """
                        .formatted(server.getAddress().getPort()));
    }

    /** There is a secret with a password already, in base 64. */
    void hasSecret(String name, String password) {
        passwords.put(name, password);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String secret = path.substring(path.lastIndexOf('/') + 1);
        if (path.equals("/api/v1")) {
            send(exchange, 200, KINDS);
        } else if (path.contains("/secrets/") && passwords.containsKey(secret)) {
            send(
                    exchange,
                    200,
                    """
                    {"kind":"Secret","apiVersion":"v1","metadata":{"name":"%s"},
                     "data":{"password":"%s"}}
                    """
                            .formatted(secret, passwords.get(secret)));
        } else {
            send(exchange, 404, NOT_FOUND);
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        try {
            Files.deleteIfExists(Path.of(System.getenv("KUBECONFIG")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
