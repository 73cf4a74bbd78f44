package io.faraddb.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.node.TestNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console's pages as a browser without scripts gets them, and as htmx asks for them. */
class PagesTest {

    private static final Pattern ASSET =
            Pattern.compile("(?:src|href)=\"(/(?:console|webjars)[^\"]+)");

    @TempDir static Path dataDir;

    private static TestNode node;
    private static Visitor admin;

    @BeforeAll
    static void start() throws IOException {
        node = TestNode.start(dataDir);
        admin = Visitor.loggedIn(node);
        node.run(
                "create table account (id bigint primary key, owner text not null default 'nobody',"
                        + " check (id > 0))");
        node.run("create index account_owner on account (owner)");
        node.run("insert into account values (1, 'a'), (2, 'b')");
        node.run(
                "create procedure pay partition on table account column id"
                        + " as update account set owner = $2 where id = $1");
    }

    @AfterAll
    static void stop() {
        admin.close();
        node.close();
    }

    private static String body(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Each page comes whole, as what fills main, and as the panel that others show too. */
    @ParameterizedTest
    @CsvSource({
        "/, panel-none, Transactions per second",
        "/status, panel-status, take work",
        "/partitions, panel-partitions, 16384",
        "/log, panel-log, Entries per sync",
        "/tables, panel-tables, account",
        "/tables/account, panel-table, account_owner",
        "/procedures, panel-procedures, pay",
        "/snapshots, panel-snapshots, Take one now",
        "/sql, result, ''"
    })
    void pagesComeWholeAndInParts(String path, String panel, String content) throws IOException {
        HttpResponse<String> whole = admin.get(path);
        assertThat(body(whole))
                .startsWith("<!DOCTYPE html>")
                .contains("<nav", "<main id=\"main\"", "Log out", "admin", content)
                .containsOnlyOnce("<main")
                .endsWith("</html>\n");
        assertThat(whole.headers().allValues("Vary").toString()).contains("HX-Request");
        assertThat(body(admin.getFragment(path, "main")))
                .startsWith("<main id=\"main\"")
                .contains(content)
                .doesNotContain("<nav", "<html");
        assertThat(body(admin.getFragment(path, panel)))
                .contains(content)
                .doesNotContain("<main", "<nav", "<html");
    }

    @Test
    void nothingIsInlineAndWhatPagesLoadIsThere() throws IOException {
        for (String path :
                List.of("/", "/sql", "/tables/account", "/procedures", "/snapshots", "/login")) {
            HttpResponse<String> page = admin.get(path);
            assertThat(page.body())
                    .as(path)
                    .doesNotContain("<style", "javascript:", "hx-on", "hx-vals='js:")
                    .doesNotContainPattern("<script(?![^>]* src=)")
                    .doesNotContainPattern("<[^>]+\\s(style|on\\w+)=");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy ->
                            assertThat(policy)
                                    .contains("default-src 'none'", "script-src 'self'")
                                    .doesNotContain("unsafe", "*", "http"));
            Matcher asset = ASSET.matcher(page.body());
            int assets = 0;
            while (asset.find()) {
                assertThat(admin.get(asset.group(1)).statusCode())
                        .as(asset.group(1))
                        .isEqualTo(200);
                assets++;
            }
            assertThat(assets).as(path).isGreaterThan(5);
        }
    }

    @Test
    void theRingIsDrawnWithThePartitionsAndTheirNumbers() throws IOException {
        assertThat(body(admin.get("/partitions")))
                .contains("data-tokens=\"16384\"")
                .contains("<circle", "data-partition=\"0\"", "data-partition=\"1\"")
                .contains("data-live=\"appliedIndex\"", "data-live=\"queueDepth\"")
                .contains("Leader", ">n1<");
    }

    @Test
    void aTableShowsWhatItIsAndTakes() throws IOException {
        assertThat(body(admin.get("/tables/account")))
                .contains(
                        "bigint", "&#39;nobody&#39;", "account_owner", "id &gt; 0", "By partition");
        HttpResponse<String> missing = admin.get("/tables/nowhere");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("There is no table &quot;nowhere&quot;.", "<nav");
        assertThat(admin.getFragment("/tables/nowhere", "main").body())
                .startsWith("<main")
                .contains("There is no table");
    }

    @Test
    void statementsRunAndNullLooksOtherThanAnEmptyText() throws IOException {
        admin.get("/sql");
        String answer =
                body(
                        admin.post(
                                "/sql",
                                Map.of(
                                        "sql",
                                        "select 1; select null as a, '' as b, '\\xff'::bytea as c,"
                                                + " current_setting('application_name') as d")));
        assertThat(answer)
                .contains("<nav", "Result 1", "Result 2")
                .contains("<td class=\"null\">NULL</td>", "<td class=\"empty\">")
                .contains("\\xff", ">console<");
        assertThat(answer).contains("select 1; select null");
    }

    @Test
    void mistakesShowTheirCodePlaceAndHint() throws IOException {
        admin.get("/sql");
        assertThat(body(admin.post("/sql", Map.of("sql", "select 1;\nselect ownr from account"))))
                .contains("42703", "line 2", "<mark>ownr</mark>", "Hint", "data-offset=\"17\"");
    }

    @Test
    void plansAreShownAndRunNothing() throws IOException {
        admin.get("/sql");
        assertThat(
                        body(
                                admin.post(
                                        "/sql/explain",
                                        Map.of("sql", "delete from account where id = 1"))))
                .contains("EXPLAIN", "Partitions: ", "account");
        assertThat(body(admin.post("/sql", Map.of("sql", "select count(*) from account"))))
                .contains("<td class=\"number\">2</td>");
    }

    @Test
    void cutRowsAreSaidToBeAndCsvHasThem() throws IOException {
        admin.get("/sql");
        Map<String, String> form =
                Map.of("sql", "select g, null as nothing from generate_series(1, 1001) g");
        assertThat(body(admin.post("/sql", form)))
                .contains("Only the first", "1,000")
                .doesNotContain(">1001<");
        HttpResponse<String> csv = admin.post("/sql/csv", form);
        assertThat(body(csv)).startsWith("g,nothing\r\n1,\r\n").endsWith("1001,\r\n");
        assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"result.csv\"");
    }

    /** On a page, in the part that htmx puts into one, in a message. */
    @Test
    void whatUsersWroteIsTextAndNeverMarkup() throws IOException {
        String script = "<script>alert(1)<script>";
        node.run(
                "create table \""
                        + script
                        + "\" (\"<b onclick=x>\" text default '"
                        + script
                        + "')");
        node.run("insert into \"" + script + "\" values ('" + script + "')");
        admin.get("/sql");
        for (String page :
                List.of(
                        body(admin.get("/tables")),
                        body(admin.getFragment("/tables", "panel-tables")),
                        body(admin.get("/tables/" + encoded(script))),
                        admin.get("/tables/" + encoded("<script>missing")).body(),
                        body(admin.post("/sql", Map.of("sql", "table \"" + script + '"'))),
                        body(admin.post("/sql", Map.of("sql", "select " + script))),
                        body(admin.post("/sql", Map.of("sql", "table \"</pre><script>\""))),
                        body(admin.get("/sql?sql=" + encoded("</textarea>" + script))))) {
            assertThat(page)
                    .contains("&lt;script&gt;")
                    .doesNotContain("<script>", "<b onclick", "</textarea><script");
        }
        node.run("drop table \"" + script + '"');
        String label = "<img src=x onerror=alert(1)>";
        admin.get("/snapshots");
        admin.post("/snapshots", Map.of("label", label));
        assertThat(body(admin.get("/snapshots"))).contains("&lt;img").doesNotContain("<img");
        awaitComplete();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void aResultOfAMillionRowsIsCutAndSaidToBe() throws IOException {
        admin.get("/sql");
        Map<String, String> form = Map.of("sql", "select g from generate_series(1, 1000000) g");
        assertThat(body(admin.post("/sql", form)))
                .contains("SELECT 1000", "Only the first", "1,000", "rows are shown")
                .contains(">1000</td>")
                .doesNotContain("SELECT 1000000")
                .doesNotContain(">1001</td>");
        HttpResponse<String> csv = admin.post("/sql/csv", form);
        assertThat(body(csv)).endsWith("\r\n100000\r\n");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"result-first-100000-rows.csv\"");
        HttpResponse<String> refused =
                node.send(
                        node.request("/api/v1/sql")
                                .header("Content-Type", "application/json")
                                .header("Accept", "text/csv")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"sql\":\"%s\"}".formatted(form.get("sql"))))
                                .build());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("54000", "more than 10000 rows", "rowsMax");
    }

    @Test
    void aDownloadWritesNothing() throws IOException {
        admin.get("/sql");
        assertThat(body(admin.post("/sql/csv", Map.of("sql", "insert into account values (9)"))))
                .contains("25006");
    }

    @Test
    void aStatementWithoutAnEndIsCancelled() throws Exception {
        admin.get("/sql");
        Map<String, String> endless =
                Map.of(
                        "sql",
                        "select count(*) from generate_series(1, 100000) a,"
                                + " generate_series(1, 100000) b",
                        "run",
                        "endless");
        CompletableFuture<HttpResponse<String>> run =
                admin.begin(admin.form("/sql", endless, admin.token()));
        while (!run.isDone()) {
            assertThat(admin.post("/sql/cancel", Map.of("run", "endless")).statusCode())
                    .isEqualTo(204);
        }
        assertThat(body(run.get())).contains("57014", "due to user request");
    }

    @Test
    void snapshotsAreTakenVerifiedAndDeletedWhenConfirmed() throws IOException {
        for (String label : List.of("first", "second", "third")) {
            admin.get("/snapshots");
            HttpResponse<String> taken = admin.post("/snapshots", Map.of("label", label));
            assertThat(taken.headers().firstValue("Location")).hasValue("/snapshots");
            assertThat(body(admin.get("/snapshots"))).contains("is being written", label);
            awaitComplete();
        }
        String list = body(admin.get("/snapshots"));
        assertThat(list).contains("first", "kept").doesNotContain("is being written");
        assertThat(admin.post("/snapshots/1/verify", Map.of()).statusCode()).isEqualTo(302);
        assertThat(body(admin.get("/snapshots"))).contains("Snapshot 1 was read");
        assertThat(body(admin.get("/snapshots/1/restore")))
                .contains("Restore snapshot", "farad snapshot restore 1", "Leave all as it is");
        assertThat(admin.post("/snapshots/1/restore", Map.of()).statusCode()).isEqualTo(302);
        assertThat(body(admin.get("/snapshots")))
                .contains("restores snapshot 1", "restored at the next start", "Do not restore");
        assertThat(admin.post("/snapshots/restore/withdraw", Map.of()).statusCode()).isEqualTo(302);
        assertThat(body(admin.get("/snapshots"))).contains("The next start restores nothing");
        assertThat(body(admin.get("/snapshots/1/delete")))
                .contains("Delete snapshot", "farad snapshot delete 1", "Keep it");
        assertThat(admin.post("/snapshots/1/delete", Map.of()).statusCode()).isEqualTo(302);
        assertThat(body(admin.get("/snapshots")))
                .contains("Snapshot 1 was deleted")
                .doesNotContain(">first<");
        admin.get("/snapshots");
        HttpResponse<String> needed = admin.post("/snapshots/3/delete", Map.of());
        assertThat(needed.statusCode()).isEqualTo(409);
        assertThat(needed.body()).contains("Refused", "55006", "<nav");
    }

    private static void awaitComplete() throws IOException {
        for (int i = 0; i < 1_000 && admin.get("/snapshots").body().contains("writing</"); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Test
    void anAddressWithNothingIsAPageForPeopleAndAProblemForPrograms() throws IOException {
        HttpResponse<String> page = admin.get("/nowhere");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is nothing at this address", "<nav", "Log out");
        HttpResponse<String> problem = node.get("/api/v1/nowhere");
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(problem.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(problem.body()).contains("\"status\":404", "\"sqlState\"");
    }
}
