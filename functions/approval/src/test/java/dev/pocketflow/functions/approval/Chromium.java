package dev.pocketflow.functions.approval;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;

/** The browser that is installed on this machine, without a window. */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(executable));
    }

    /** Starts the browser; without one the test is skipped. */
    static Chromium start() {
        Optional<Path> executable = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name))).filter(Files::isExecutable).findFirst();
        assumeTrue(executable.isPresent(), "there is no browser to test the page in: none of " + NAMES + " is installed");
        return new Chromium(executable.get());
    }

    /** {@return a page of a new visitor} */
    Page page(boolean javaScript) {
        return browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(javaScript)).newPage();
    }

    @Override
    public void close() {
        playwright.close(); // closes the browser too
    }
}
