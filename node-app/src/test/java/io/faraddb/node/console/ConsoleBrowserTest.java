package io.faraddb.node.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.faraddb.node.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, on a real node. Pictures are left in target/pictures. */
@Tag("slow")
@Timeout(300)
class ConsoleBrowserTest {

    private static final Path PICTURES = Path.of("target", "pictures");
    private static final int WIDE = 1280;
    private static final int NARROW = 360;
    private static final int ROWS = 2_000;

    @TempDir static Path dataDir;

    private static TestNode node;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        node = TestNode.start(dataDir);
        node.run(
                "create table account (id bigint primary key, owner text not null,"
                        + " balance numeric(12,2) default 0, note text, check (balance >= 0))");
        node.run("create index account_owner on account (owner)");
        node.run("create table country (code text primary key) with (replicated = true)");
        node.run(
                "insert into account select g, 'owner ' || g, g, null from generate_series(1, %d) g"
                        .formatted(ROWS));
        node.run(
                "create procedure pay partition on table account column id"
                        + " as update account set balance = balance + $2 where id = $1");
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private final Collection<String> complaints = new ConcurrentLinkedQueue<>();

    private Page open(ColorScheme scheme, int width) {
        String address = "http://127.0.0.1:" + node.httpPort();
        return browser.open(address, scheme, width, width == NARROW ? 740 : 900, complaints);
    }

    private static void logIn(Page page) {
        page.navigate("/");
        page.fill("#username", "admin");
        page.fill("#password", node.password());
        page.click("text=Log in >> nth=-1");
        assertThat(page.locator(".sentence")).containsText("take work");
    }

    private static void visit(Page page, String section) {
        page.click("nav a[data-section=" + section + "]");
        assertThat(page.locator("main[data-section=" + section + "]")).isVisible();
    }

    private static void run(Page page, String sql) {
        page.fill("#sql", sql);
        page.keyboard().press("Control+Enter");
    }

    @Test
    void everythingWorksForSomebodyWithABrowser() throws Exception {
        Page page = open(ColorScheme.LIGHT, WIDE);
        page.navigate("/tables");
        assertThat(page.locator("h1")).hasText("Log in");
        page.fill("#username", "admin");
        page.fill("#password", "wrong");
        page.keyboard().press("Enter");
        assertThat(page.locator("[role=alert]")).hasText("Wrong user or password.");
        logIn(page);
        seesTheRingAndTheChartsMove(page);
        runsStatements(page);
        cancelsAStatement(page);
        looksAtTheSchema(page);
        takesASnapshot(page);
        page.click("text=Log out");
        assertThat(page.locator("[role=status]")).hasText("You are logged out.");
        page.navigate("/");
        assertThat(page.locator("h1")).hasText("Log in");
        assertThat(complaints).isEmpty();
    }

    private static void seesTheRingAndTheChartsMove(Page page) throws SQLException {
        assertThat(page.locator("svg[data-tokens='16384'] circle[data-partition='0']").first())
                .isVisible();
        assertThat(page.locator("svg[data-tokens='16384'] circle[data-partition='1']").first())
                .isVisible();
        Locator chart = page.locator("[data-chart=throughput]");
        assertThat(chart.locator("canvas")).isVisible();
        Locator writes = chart.locator("[data-now=writesPerSecond]");
        int points = Integer.parseInt(chart.getAttribute("data-points"));
        Locator applied = page.locator("tr[data-partition='0'] [data-live=appliedIndex]");
        String before = applied.textContent();
        try (Connection connection = node.connect();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update account set balance = balance + 1 where id = ?")) {
            long id = 0;
            while (writes.textContent().matches("0|–")
                    || applied.textContent().equals(before)
                    || Integer.parseInt(chart.getAttribute("data-points")) < points + 2) {
                for (int i = 0; i < 100; i++) {
                    update.setLong(1, 1 + id++ % ROWS);
                    update.execute();
                }
            }
        }
        // What happened is still there after the page is loaded anew.
        page.reload();
        page.waitForFunction(
                "points => Number(document.querySelector('[data-chart=throughput]')"
                        + ".dataset.points) > points",
                points);
        page.click("text=24 h");
        assertThat(page.locator("[data-window='24h']")).hasAttribute("aria-pressed", "true");
        page.click("text=15 min");
        assertThat(page.locator("#panel-tables")).containsText("account");
        assertThat(page.locator("#panel-log")).containsText("Entries per sync");
    }

    private static void runsStatements(Page page) throws IOException {
        visit(page, "sql");
        run(page, "select null as a, '' as b, '\\xff'::bytea as c; select 2 as two");
        assertThat(page.locator("#result td.null")).hasText("NULL");
        assertThat(page.locator("#result td.empty")).hasText("''");
        assertThat(page.locator("#result")).containsText("\\xff");
        assertThat(page.locator("#result section")).hasCount(2);
        run(page, "select id,\n       ownr\n  from account");
        assertThat(page.locator("#result .badge")).hasText("42703");
        assertThat(page.locator("#result mark")).hasText("ownr");
        assertThat(page.locator("#result .hint")).containsText("account.owner");
        // The mistake is selected, so that typing puts something else in its place.
        page.keyboard().type("owner");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#result table")).containsText("owner 1");
        assertThat(page.locator("#result .note")).containsText("Only the first 1,000 rows");
        Download csv = page.waitForDownload(() -> page.click("#csv"));
        assertThat(Files.readAllLines(csv.path())).hasSize(ROWS + 1).startsWith("id,owner");
        page.fill("#sql", "select * from account where id = 7");
        page.click("#explain");
        assertThat(page.locator("#result .plan")).containsText("Get account by primary key");
        page.click(".history summary");
        assertThat(page.locator(".history li")).hasCount(4);
        page.click(".history li >> text=select 2 as two");
        assertThat(page.locator("#sql")).hasValue(Pattern.compile(".*select 2 as two"));
    }

    private static void cancelsAStatement(Page page) {
        run(
                page,
                "select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b");
        page.click("#cancel");
        assertThat(page.locator("#result .badge")).hasText("57014");
    }

    private static void looksAtTheSchema(Page page) {
        visit(page, "tables");
        page.click("#panel-tables a:text-is('account')");
        assertThat(page.locator("h1")).containsText("account");
        assertThat(page.locator("#panel-table")).containsText("account_owner");
        assertThat(page).hasTitle(Pattern.compile("account · FaradDB n1"));
        page.goBack();
        assertThat(page.locator("#panel-tables")).containsText("replicated");
        visit(page, "procedures");
        assertThat(page.locator("#panel-procedures")).containsText("pay(bigint, numeric)");
    }

    private static void takesASnapshot(Page page) {
        visit(page, "snapshots");
        for (String label : List.of("first", "second", "third")) {
            page.fill("[name=label]", label);
            page.click("text=Take one now");
            Locator row =
                    page.locator(
                            "#panel-snapshots tr", new Page.LocatorOptions().setHasText(label));
            assertThat(row).containsText("complete");
        }
        page.click("[aria-label='Verify snapshot 1']");
        assertThat(page.locator("[role=status]")).containsText("all of it is whole");
        page.click("[aria-label='Delete snapshot 1']");
        assertThat(page.locator("#panel-snapshots")).containsText("It can't be brought back");
        page.click("text=Keep it");
        page.click("[aria-label='Delete snapshot 1']");
        page.click("text=Delete it");
        assertThat(page.locator("[role=status]")).hasText("Snapshot 1 was deleted.");
        assertThat(page.locator("#panel-snapshots")).not().containsText("first");
    }

    @Test
    void pagesThatRefreshLeadToTheFormWhenTheirSessionEnds() {
        Page page = open(ColorScheme.LIGHT, WIDE);
        logIn(page);
        logOutElsewhere(page);
        assertThat(page.locator("h1")).hasText("Log in");
    }

    @Test
    void pagesThatStandStillLeadToTheFormByTheNextClick() {
        Page page = open(ColorScheme.LIGHT, WIDE);
        logIn(page);
        page.navigate("/sql");
        logOutElsewhere(page);
        page.click("nav a[data-section=tables]");
        assertThat(page.locator("h1")).hasText("Log in");
    }

    private static void logOutElsewhere(Page page) {
        Page other = page.context().newPage();
        other.navigate("/sql");
        other.click("text=Log out");
        assertThat(other.locator("[role=status]")).hasText("You are logged out.");
    }

    @Test
    void everyPageFitsWideAndNarrowInLightAndDark() throws Exception {
        Files.createDirectories(PICTURES);
        try (Load load = new Load(node, ROWS)) {
            drawEveryPage();
            load.check();
        }
        assertThat(complaints).isEmpty();
    }

    private void drawEveryPage() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {WIDE, NARROW}) {
                Page page = open(scheme, width);
                String name = scheme.name().toLowerCase() + "-" + width;
                page.navigate("/");
                picture(page, "login-" + name);
                logIn(page);
                page.waitForFunction(
                        "() => Number(document.querySelector('[data-chart=log]')"
                                + ".dataset.points) > 3");
                assertThat(page.locator("#panel-tables tbody")).isVisible();
                assertThat(page.locator("#panel-snapshots h2")).isVisible();
                picture(page, "overview-" + name);
                visit(page, "sql");
                run(
                        page,
                        "select *, '' as empty from account limit 8; select count(*) from account");
                assertThat(page.locator("#result section")).hasCount(2);
                picture(page, "sql-" + name);
                run(page, "select id,\n       ownr\n  from account");
                assertThat(page.locator("#result mark")).isVisible();
                picture(page, "mistake-" + name);
                for (String section : List.of("tables", "procedures", "snapshots")) {
                    visit(page, section);
                    picture(page, section + "-" + name);
                }
                page.navigate("/tables/account");
                picture(page, "table-" + name);
                page.context().close();
            }
        }
    }

    /** Nothing sticks out of the page; what is wider scrolls by itself. */
    private static void picture(Page page, String name) {
        assertThat(
                        page.evaluate(
                                "() => document.documentElement.scrollWidth"
                                        + " - document.documentElement.clientWidth"))
                .as(name)
                .isEqualTo(0);
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(PICTURES.resolve(name + ".png"))
                        .setFullPage(true));
    }
}
