package io.faraddb.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.TestNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what over HTTP: by the form and its session, by a password with each request. */
@Timeout(60)
class LoginTest {

    @TempDir static Path dataDir;

    private static TestNode node;

    @BeforeAll
    static void start() throws IOException {
        node = TestNode.start(dataDir);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void whoIsNotLoggedInGoesToTheForm() throws IOException {
        try (Visitor stranger = new Visitor(node)) {
            for (String path : List.of("/", "/sql", "/tables", "/snapshots", "/nowhere")) {
                HttpResponse<String> page = stranger.get(path);
                assertThat(page.statusCode()).as(path).isEqualTo(302);
                assertThat(page.headers().firstValue("Location")).hasValue("/login");
                HttpResponse<String> part = stranger.getFragment(path, "main");
                assertThat(part.statusCode()).as(path).isEqualTo(401);
                assertThat(part.headers().firstValue("HX-Redirect")).hasValue("/login");
                assertThat(part.body()).isEmpty();
            }
            assertThat(stranger.get("/login").body())
                    .contains("type=\"password\"")
                    .doesNotContain("<nav", "Log out");
            assertThat(stranger.get("/console/console.css").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void programsWithoutAPasswordAreRefusedWithAProblem() throws IOException {
        for (String path :
                List.of(
                        "/api/v1/status",
                        "/api/v1/sql",
                        "/api/v1/live",
                        "/api/v1/history",
                        "/api/v1/nowhere",
                        "/actuator/info",
                        "/actuator")) {
            HttpResponse<String> refused =
                    node.send(HttpRequest.newBuilder(node.address(path)).build());
            assertThat(refused.statusCode()).as(path).isEqualTo(401);
            assertThat(refused.body()).contains("\"sqlState\":\"28P01\"");
            assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void theBrowserDoesNotAskForAPasswordWhenAPageAsks() throws IOException {
        try (Visitor stranger = new Visitor(node)) {
            HttpResponse<String> refused =
                    stranger.send(
                            stranger.request("/api/v1/history").header("Sec-Fetch-Mode", "cors"));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsSaidToBe() throws IOException {
        try (Visitor guest = new Visitor(node)) {
            HttpResponse<String> answer = guest.logIn("admin", "wrong");
            assertThat(answer.headers().firstValue("Location")).hasValue("/login?failed");
            assertThat(guest.get("/login?failed").body()).contains("Wrong user or password");
            assertThat(guest.logIn("nobody", "wrong").headers().firstValue("Location"))
                    .hasValue("/login?failed");
            assertThat(guest.get("/").statusCode()).isEqualTo(302);
        }
    }

    @Test
    void theFormLeadsToThePageThatWasAskedFor() throws IOException {
        try (Visitor guest = new Visitor(node)) {
            guest.get("/tables");
            assertThat(guest.logIn("admin", node.password()).headers().firstValue("Location"))
                    .hasValueSatisfying(address -> assertThat(address).contains("/tables"));
        }
    }

    @Test
    void cookiesAreForThisHostAndNoScript() throws IOException {
        try (Visitor guest = new Visitor(node)) {
            HttpResponse<String> answer = guest.logIn("admin", node.password());
            assertThat(answer.headers().allValues("Set-Cookie"))
                    .anySatisfy(cookie ->
                            assertThat(cookie)
                                    .startsWith("FARAD_SESSION_n1=")
                                    .contains("HttpOnly", "SameSite=Lax"));
        }
    }

    @Test
    void whatChangesSomethingNeedsTheTokenOfThePage() throws IOException {
        try (Visitor admin = Visitor.loggedIn(node)) {
            Map<String, String> form = Map.of("sql", "create table forged (id int)");
            assertThat(admin.send(admin.form("/sql", form, "")).statusCode()).isEqualTo(403);
            assertThat(admin.send(admin.form("/sql", form, "wrong")).statusCode()).isEqualTo(403);
            assertThat(admin.send(admin.form("/snapshots", Map.of(), "")).statusCode())
                    .isEqualTo(403);
            assertThat(admin.send(admin.form("/logout", Map.of(), "")).statusCode()).isEqualTo(403);
            assertThat(node.get("/api/v1/tables/forged").statusCode()).isEqualTo(404);
        }
    }

    private static HttpRequest.Builder sql(HttpRequest.Builder request) {
        return request.setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"sql\":\"select 1\"}"));
    }

    @Test
    void aSessionIsGoodForRestWithTheToken() throws IOException {
        try (Visitor admin = Visitor.loggedIn(node)) {
            HttpRequest.Builder status =
                    admin.request("/api/v1/status").setHeader("Accept", "application/json");
            assertThat(admin.send(status).statusCode()).isEqualTo(200);
            assertThat(admin.send(sql(admin.request("/api/v1/sql"))).statusCode()).isEqualTo(403);
            assertThat(
                            admin.send(
                                            sql(admin.request("/api/v1/sql"))
                                                    .header("X-XSRF-TOKEN", admin.token()))
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    /** A browser sends a password that it knows wherever a page of others tells it to. */
    @Test
    void aPasswordThatABrowserSendsForAnotherSiteIsNotEnough() throws IOException {
        assertThat(node.send(sql(node.request("/api/v1/sql")).build()).statusCode()).isEqualTo(200);
        HttpResponse<String> forged =
                node.send(
                        sql(node.request("/api/v1/sql"))
                                .header("Sec-Fetch-Site", "cross-site")
                                .build());
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).contains("\"sqlState\":\"42501\"");
    }

    @Test
    void loggingOutEndsTheSession() throws IOException {
        try (Visitor admin = Visitor.loggedIn(node)) {
            HttpResponse<String> out = admin.post("/logout", Map.of());
            assertThat(out.headers().firstValue("Location")).hasValue("/login?out");
            assertThat(admin.get("/login?out").body()).contains("You are logged out");
            assertThat(admin.get("/").statusCode()).isEqualTo(302);
            assertThat(admin.get("/api/v1/status").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void requestsThatCannotBeUnderstoodAreProblems() throws IOException {
        assertProblem(400, node.post("/api/v1/sql", "{"));
        assertProblem(400, node.post("/api/v1/sql", "{}"));
        assertProblem(400, node.post("/api/v1/sql", "{\"sql\":\"select 1\",\"rowsMax\":0}"));
        assertProblem(400, node.get("/api/v1/history?window=1y"));
        assertProblem(400, node.get("/api/v1/snapshots/x"));
        assertProblem(405, node.post("/api/v1/status", "{}"));
        assertProblem(
                415,
                node.send(
                        node.request("/api/v1/sql")
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("select 1"))
                                .build()));
        assertProblem(404, node.get("/api/v1/procedures/none"));
        assertProblem(
                404, node.send(node.request("/api/v1/sql/none").method("DELETE", empty()).build()));
    }

    private static HttpRequest.BodyPublisher empty() {
        return HttpRequest.BodyPublishers.noBody();
    }

    private static void assertProblem(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body())
                .contains("\"status\":" + status)
                .containsPattern("sqlState\":\"\\w{5}");
    }

    @Test
    void aSessionThatHasExpiredLeadsToTheForm() throws IOException {
        try (Visitor admin = Visitor.loggedIn(node)) {
            node.expireSessions();
            HttpResponse<String> part = admin.getFragment("/tables", "main");
            assertThat(part.statusCode()).isEqualTo(401);
            assertThat(part.headers().firstValue("HX-Redirect")).hasValue("/login");
            HttpResponse<String> run =
                    admin.post("/sql", Map.of("sql", "create table late (id int)"));
            assertThat(run.statusCode()).isEqualTo(302);
            assertThat(run.headers().firstValue("Location")).hasValue("/login");
            assertThat(admin.get("/api/v1/status").statusCode()).isEqualTo(401);
            assertThat(admin.get("/tables").headers().firstValue("Location")).hasValue("/login");
            assertThat(node.get("/api/v1/tables/late").statusCode()).isEqualTo(404);
            assertThat(admin.logIn("admin", node.password()).headers().firstValue("Location"))
                    .hasValueSatisfying(address -> assertThat(address).contains("/tables"));
        }
    }
}
