package io.faraddb.node.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The browser of this machine, with what its pages complain of. Tests are skipped without one,
 * unless FARAD_CI_TOOLS=required.
 */
final class Browser implements AutoCloseable {

    private static final String EXECUTABLE_VARIABLE = "FARAD_CHROMIUM";
    private static final String EXECUTABLE_DEFAULT = "/usr/bin/chromium";
    private static final String REQUIRED_VARIABLE = "FARAD_CI_TOOLS";
    private static final double WAIT_MILLIS_MAX = 60_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it. */
    static Browser start() {
        Path executable =
                Path.of(System.getenv().getOrDefault(EXECUTABLE_VARIABLE, EXECUTABLE_DEFAULT));
        if (!Files.isExecutable(executable)) {
            String missing =
                    "there is no browser at %s: install chromium, or say in %s where one is"
                            .formatted(executable, EXECUTABLE_VARIABLE);
            if ("required".equals(System.getenv(REQUIRED_VARIABLE))) {
                throw new AssertionError(missing);
            }
            Assumptions.abort(missing);
        }
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        BrowserType.LaunchOptions options =
                new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"));
        return new Browser(playwright, playwright.chromium().launch(options));
    }

    /**
     * A window of somebody who has not been here before.
     *
     * @param complaints gets errors of scripts, violations of the policy, requests to other hosts
     */
    Page open(
            String baseAddress,
            ColorScheme scheme,
            int width,
            int height,
            Collection<String> complaints) {
        BrowserContext context =
                browser.newContext(
                        new com.microsoft.playwright.Browser.NewContextOptions()
                                .setBaseURL(baseAddress)
                                .setColorScheme(scheme)
                                .setViewportSize(width, height));
        context.setDefaultTimeout(WAIT_MILLIS_MAX);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(baseAddress)) {
                complaints.add("asks another host: " + request.url());
            }
        });
        return page;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
