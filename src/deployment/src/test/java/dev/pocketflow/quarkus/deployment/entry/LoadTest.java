package dev.pocketflow.quarkus.deployment.entry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.ServerSentEvent;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** An instance with room for four megabytes of requests, of which two are for streams. */
class LoadTest {

    private static final int STREAMS = 2 * 1024 / 48;
    private static final String FLOOD = "{\"how\":\"flood\"}";
    private static final String WAIT = "{\"how\":\"wait\"}";
    private static final String STREAM = "text/event-stream";
    private static final String JSON = "application/json";

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(Work.class, Flows.class, RawConnection.class, ServerSentEvent.class)
            .overrideConfigKey("pocketflow.in-flight.max-memory", "4M")
            .overrideConfigKey("pocketflow.in-flight.upload", "3s")
            .overrideConfigKey("pocketflow.in-flight.unread", "3s")
            .overrideConfigKey("pocketflow.stream.idle", "3s")
            .overrideConfigKey("pocketflow.stream.heartbeat", "500ms")
            .overrideConfigKey("pocketflow.log.steps", "false");

    static class Work implements Node<String, String> {
        static final Semaphore MAY = new Semaphore(0);
        static final BlockingQueue<String> OVER = new LinkedBlockingQueue<>();

        @Override
        public String prep(Store shared) {
            return (String) shared.find("how").orElse("");
        }

        @Override
        public String exec(String how) throws InterruptedException {
            try {
                if (how.equals("wait")) {
                    MAY.acquire();
                } else if (how.equals("flood")) {
                    while (Visit.current().isWatched() && !Thread.interrupted()) {
                        Visit.current().emit("x".repeat(10_000));
                    }
                    throw new InterruptedException();
                }
                return how.equals("large") ? "y".repeat(20_000_000) : "";
            } catch (InterruptedException e) {
                OVER.add(how);
                throw e;
            }
        }

        @Override
        public String post(Store shared, String how, String text) {
            shared.put("text", text);
            return null;
        }
    }

    static class Flows {
        @Produces
        Flow flow(Work work) {
            return Flow.named("served").node("work", work).build();
        }
    }

    @TestHTTPResource("/")
    URL url;

    /** Connections of the test before may still count: an event that needs nearly all memory is answered when none does. */
    @BeforeEach
    void nothingIsUnderWay() {
        answers("{\"a\":\"" + "x".repeat(250_000) + "\"}");
        Work.MAY.drainPermits();
        Work.OVER.clear();
    }

    /**
     * The instance still answers, and after overload it does again: permits come back when connections are known to be gone.
     */
    private static void answers(String body) {
        given().get("/flow").then().statusCode(200);
        while (given().contentType(JSON).body(body).post("/").statusCode() != 200) {
            Thread.onSpinWait();
        }
    }

    private static void until(Supplier<Boolean> what) {
        while (!what.get()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void streams_areTaken_whileThereIsRoom_andAgainWhenTheOthersAreGone() throws Exception {
        List<RawConnection> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            RawConnection raw = RawConnection.open(url).post(STREAM, WAIT);
            assertThat(raw.head()).startsWith("HTTP/1.1 200");
            streams.add(raw);
        }
        String refused = RawConnection.open(url).post(STREAM, WAIT).head();
        assertThat(refused).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 5");
        answers("{}");

        for (RawConnection raw : streams) {
            raw.hangUp();
        }
        for (int i = 0; i < STREAMS; i++) {
            assertThat(Work.OVER.poll(30, TimeUnit.SECONDS)).isEqualTo("wait");
        }
        until(() -> {
            try (RawConnection raw = RawConnection.open(url).post(STREAM, "{}")) {
                return raw.head().startsWith("HTTP/1.1 200");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void unreadStreams_areGivenUp_andTheirRunsCancelled() throws Exception {
        List<RawConnection> streams = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            streams.add(RawConnection.open(url).post(STREAM, FLOOD));
        }
        answers("{}");
        for (int i = 0; i < 8; i++) {
            assertThat(Work.OVER.poll(60, TimeUnit.SECONDS)).isEqualTo("flood");
        }
        for (RawConnection raw : streams) {
            assertThat(endOf(raw)).as("the connection is closed").isTrue();
        }
    }

    /** After what was on its way. */
    private static boolean endOf(RawConnection raw) {
        try {
            return raw.reader().lines().noneMatch(line -> line.contains("outcome"));
        } catch (IOException | UncheckedIOException reset) {
            return true;
        }
    }

    @Test
    void commentsCome_whileANodeIsSilent() throws Exception {
        try (RawConnection raw = RawConnection.open(url).post(STREAM, WAIT)) {
            assertThat(raw.reader().lines().filter(line -> line.equals(":")).limit(3)).hasSize(3);
        }
        assertThat(Work.OVER.poll(30, TimeUnit.SECONDS)).isEqualTo("wait");
    }

    @Test
    void bodies_areTakenWhileThereIsRoom_andAgainAfterwards() throws Exception {
        String body = "{\"how\":\"wait\",\"text\":\"" + "x".repeat(60_000) + "\"}"; // one megabyte, by the estimate
        List<RawConnection> bodies = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            bodies.add(RawConnection.open(url).post(JSON, body));
        }
        String refused = null;
        for (int i = 0; i < 50 && refused == null; i++) {
            var answer = given().contentType(JSON).body(body.replace("wait", "more")).post("/");
            refused = answer.statusCode() == 503 ? answer.header("Retry-After") : null;
        }
        assertThat(refused).isEqualTo("5");
        answers("{}");
        Work.MAY.release(100);
        for (RawConnection raw : bodies) {
            assertThat(raw.head()).matches("(?s)HTTP/1.1 (200|503).*");
            raw.close();
        }
        answers(body);
    }

    /** Else whoever hangs up at once could have any number of runs made. */
    @Test
    void run_keepsItsShare_whereItsCallerHasGone() throws Exception {
        String body = "{\"how\":\"wait\",\"text\":\"" + "x".repeat(60_000) + "\"}";
        for (int i = 0; i < 12; i++) {
            RawConnection.open(url).post(JSON, body).hangUp();
            RawConnection waiting = RawConnection.open(url).post(JSON, body);
            given().get("/flow").then().statusCode(200);
            waiting.hangUp();
        }
        given().contentType(JSON).body(body.replace("wait", "more")).post("/").then().statusCode(503);
        Work.MAY.release(100);
        answers(body);
    }

    @Test
    void whatNeverFits_isRefusedForEver_byItsSizeAndByItsStructure() {
        given().contentType(JSON).body("{\"a\":\"" + "x".repeat(300_000) + "\"}").post("/").then().statusCode(413)
                .contentType("application/problem+json").body("title", equalTo("Content Too Large"))
                .body("detail", containsString("pocketflow.in-flight.max-memory")).body("detail", containsString("4194304"));
        for (String dense : new String[] { "{}", "[]", "[[]]", "{\"a\":{}}" }) {
            String body = "{\"x\":[" + (dense + ",").repeat(200_000 / dense.length()) + "0]}";
            given().contentType(JSON).body(body).post("/").then().statusCode(413);
            given().contentType(JSON).accept(STREAM).body(body).post("/").then().statusCode(413);
        }
        answers("{}");
    }

    /** Base64 hides the structure from whoever counts brackets. */
    @Test
    void encodedData_isCountedAsWhatItBecomes() {
        String dense = "{\"x\":[" + "{\"\":[0]},".repeat(7_000) + "0]}";
        String text = "{\"x\":\"" + "y".repeat(dense.length() - 8) + "\"}";
        for (String accept : new String[] { JSON, STREAM }) {
            given().contentType("application/cloudevents+json").accept(accept).body(encoded(dense)).post("/").then()
                    .statusCode(413);
            given().contentType("application/cloudevents+json").accept(accept).body(encoded(text)).post("/").then()
                    .statusCode(200);
        }
    }

    private static String encoded(String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\",\"data_base64\":\""
                + Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    @Test
    void uploads_countWhileTheyLast_andMayNotLastForEver() throws Exception {
        List<RawConnection> uploads = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            uploads.add(RawConnection.open(url).post(JSON, 200_000, "{\"a\":\""));
        }
        assertThat(uploads.stream().filter(raw -> {
            try {
                return raw.head().startsWith("HTTP/1.1 503");
            } catch (IOException closed) {
                return false;
            }
        })).as("refused at the door; the others are closed").hasSizeBetween(20, 24);
        answers("{}");
    }

    /** The time for the upload says nothing of the run. */
    @Test
    void runOfALargeBody_isAnswered_whenItTakesLongerThanAnUploadMay() throws Exception {
        String text = "\"text\":\"" + "x".repeat(20_000) + "\"}";
        RawConnection running = RawConnection.open(url).post(JSON, "{\"how\":\"wait\"," + text);
        RawConnection streamed = RawConnection.open(url).post(STREAM, "{\"how\":\"wait\"," + text);
        assertThat(streamed.head()).startsWith("HTTP/1.1 200");
        String cut = RawConnection.open(url).post(JSON, 20_000, "{\"a\":\"").head(); // ends when its own time is over, which began later
        assertThat(cut).isEmpty();

        Work.MAY.release(2);
        assertThat(running.head()).startsWith("HTTP/1.1 200");
        assertThat(streamed.reader().lines().anyMatch(line -> line.startsWith("event:") && line.endsWith("outcome"))).isTrue();
    }

    @Test
    void pipelinedRequests_whoseAnswersNobodyTakes_areBounded() throws Exception {
        String get = "GET /flow HTTP/1.1\r\nHost: test\r\n\r\n";
        String post = "POST / HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n" + WAIT;
        String odd = get.replace("1.1", "2.0"); // a version is what its sender likes
        for (String[] each : new String[][] { { get, get }, { post, get }, { odd, odd }, { get, odd } }) {
            RawConnection flood = RawConnection.open(url).write(each[0]);
            assertThatThrownBy(() -> {
                for (int i = 0; i < 10_000; i++) {
                    flood.write(each[1].repeat(100));
                }
            }).isInstanceOf(IOException.class);
        }
        Work.MAY.release(1);
        answers("{}");
    }

    @Test
    void pipelinedRequests_areAnswered_whileTheirAnswersAreTaken() throws Exception {
        String get = "GET /flow HTTP/1.1\r\nHost: test\r\n\r\n";
        try (RawConnection raw = RawConnection.open(url)) {
            BufferedReader reader = raw.reader();
            for (int i = 0; i < 20; i++) {
                raw.write(get.repeat(8));
                assertThat(reader.lines().filter(line -> line.contains("HTTP/1.1 200")).limit(8)).hasSize(8);
            }
        }
    }

    /** With HTTP/2, one connection could hold any number of answers that nobody takes. */
    @Test
    void http2_isNotSpoken() throws Exception {
        String upgraded = RawConnection.open(url)
                .write("GET /flow HTTP/1.1\r\nHost: test\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")
                .head();
        assertThat(upgraded).startsWith("HTTP/1.1 200");
        String known = RawConnection.open(url).write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0").head();
        assertThat(known).doesNotContain("\u0004\u0000\u0000"); // a frame of settings
    }

    @Test
    void answerThatNobodyReads_isGivenUp() throws Exception {
        RawConnection unread = RawConnection.open(url).post(JSON, "{\"how\":\"large\"}");
        assertThat(unread.socket().getInputStream().read()).isEqualTo('H');
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(12)) {
            answers("{}");
        }
        long read = 1;
        try {
            read += unread.socket().getInputStream().readAllBytes().length;
        } catch (IOException reset) {
            read++;
        }
        assertThat(read).isLessThan(20_000_000);
    }
}
