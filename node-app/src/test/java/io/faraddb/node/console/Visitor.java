package io.faraddb.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.TestNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser that keeps cookies, but runs no scripts. */
final class Visitor implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final TestNode node;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
    private String token = "";

    Visitor(TestNode node) {
        this.node = node;
    }

    /** Comes with the password of admin. */
    static Visitor loggedIn(TestNode node) throws IOException {
        Visitor visitor = new Visitor(node);
        HttpResponse<String> answer = visitor.logIn("admin", node.password());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("/");
        assertThat(visitor.get("/").statusCode()).isEqualTo(200);
        return visitor;
    }

    HttpResponse<String> logIn(String user, String password) throws IOException {
        assertThat(get("/login").statusCode()).isEqualTo(200);
        return post("/login", Map.of("username", user, "password", password));
    }

    /** The token that the last page had in its forms. */
    String token() {
        return token;
    }

    /** All of them, as a request has them. */
    String cookies() {
        return cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::toString)
                .collect(Collectors.joining("; "));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.address(path)).header("Accept", "text/html");
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Matcher found = TOKEN.matcher(answer.body());
            if (found.find()) {
                token = found.group(1);
            }
            return answer;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** Sends a request and does not wait. */
    CompletableFuture<HttpResponse<String>> begin(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(request(path));
    }

    /** What htmx asks for to fill an element. */
    HttpResponse<String> getFragment(String path, String target) throws IOException {
        return send(request(path).header("HX-Request", "true").header("HX-Target", target));
    }

    /** A form of the last page, filled in. */
    HttpResponse<String> post(String path, Map<String, String> fields) throws IOException {
        return send(form(path, fields, token));
    }

    HttpRequest.Builder form(String path, Map<String, String> fields, String csrf) {
        String body =
                fields.entrySet().stream()
                                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                                .collect(Collectors.joining("&"))
                        + (csrf.isEmpty() ? "" : "&_csrf=" + encoded(csrf));
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
