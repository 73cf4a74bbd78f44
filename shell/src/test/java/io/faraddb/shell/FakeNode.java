package io.faraddb.shell;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * REST that answers as it was told: the answers of a resource one after the other, then the last.
 */
public final class FakeNode implements Closeable {

    private final HttpServer server;
    private final Map<String, Deque<Reply>> replies = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> logins = new ArrayList<>();
    private byte[] lastBody = {};

    private record Reply(int status, String body) {}

    public FakeNode() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/", this::serve);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers a call such as "GET status" with this. */
    public synchronized FakeNode on(String call, int status, String body) {
        replies.computeIfAbsent(call, unused -> new ArrayDeque<>()).add(new Reply(status, body));
        return this;
    }

    /** What was asked, as "GET status". */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    public synchronized List<String> logins() {
        return List.copyOf(logins);
    }

    public synchronized byte[] lastBody() {
        return lastBody.clone();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Reply reply = reply(exchange, body);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private synchronized Reply reply(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath().substring("/api/v1/".length());
        String call = exchange.getRequestMethod() + " " + path;
        calls.add(call);
        logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        lastBody = body;
        Deque<Reply> known = replies.get(call);
        if (known == null) {
            return new Reply(404, "{\"status\":404,\"title\":\"Not Found\"}");
        }
        return known.size() > 1 ? known.removeFirst() : known.getFirst();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
