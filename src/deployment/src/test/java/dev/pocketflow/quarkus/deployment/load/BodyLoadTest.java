package dev.pocketflow.quarkus.deployment.load;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.RawConnection;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** The memory that bodies hold, by size and structure, from their first byte to the response. */
class BodyLoadTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = LoadApplication.APP;

    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void nothingIsUnderWay() {
        LoadApplication.nothingIsUnderWay();
    }

    @Test
    void bodies_areAcceptedWhileMemoryIsFree_andAgainAfterwards() throws Exception {
        String body = "{\"how\":\"wait\",\"text\":\"" + "x".repeat(60_000) + "\"}"; // one megabyte, by the estimate
        List<RawConnection> bodies = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            bodies.add(RawConnection.open(url).post(LoadApplication.JSON, body));
        }
        String refused = null;
        for (int i = 0; i < 50 && refused == null; i++) {
            var answer = given().contentType(LoadApplication.JSON).body(body.replace("wait", "more")).post("/");
            refused = answer.statusCode() == 503 ? answer.header("Retry-After") : null;
        }
        assertThat(refused).isEqualTo("5");
        LoadApplication.answers("{}");
        LoadApplication.Work.setOpen(true);
        for (RawConnection raw : bodies) {
            assertThat(raw.head()).matches("(?s)HTTP/1.1 (200|503).*");
            raw.close();
        }
        LoadApplication.answers(body);
    }

    /** Otherwise a caller that disconnects at once could start any number of runs. */
    @Test
    void run_keepsItsShare_afterItsCallerDisconnected() throws Exception {
        String body = "{\"how\":\"wait\",\"text\":\"" + "x".repeat(60_000) + "\"}";
        for (int i = 0; i < 12; i++) {
            RawConnection.open(url).post(LoadApplication.JSON, body).hangUp();
            RawConnection waiting = RawConnection.open(url).post(LoadApplication.JSON, body);
            given().get("/flow").then().statusCode(200);
            waiting.hangUp();
        }
        given().contentType(LoadApplication.JSON).body(body.replace("wait", "more")).post("/").then().statusCode(503);
        LoadApplication.Work.setOpen(true);
        LoadApplication.answers(body);
    }

    @Test
    void tooLargeBody_isRefusedForEver_byItsSizeOrStructure() {
        given().contentType(LoadApplication.JSON).body("{\"a\":\"" + "x".repeat(300_000) + "\"}").post("/").then()
                .statusCode(413)
                .contentType("application/problem+json").body("title", equalTo("Content Too Large"))
                .body("detail", containsString("quarkus.pocketflow.in-flight.max-memory"))
                .body("detail", containsString("4194304"));
        for (String dense : new String[] { "{}", "[]", "[[]]", "{\"a\":{}}" }) {
            String body = "{\"x\":[" + (dense + ",").repeat(200_000 / dense.length()) + "0]}";
            given().contentType(LoadApplication.JSON).body(body).post("/").then().statusCode(413);
            given().contentType(LoadApplication.JSON).accept(LoadApplication.STREAM).body(body).post("/").then()
                    .statusCode(413);
        }
        LoadApplication.answers("{}");
    }

    /** Base64 hides the structure from a counter of brackets. */
    @Test
    void encodedData_isCountedAsDecoded() {
        String dense = "{\"x\":[" + "{\"\":[0]},".repeat(7_000) + "0]}";
        String text = "{\"x\":\"" + "y".repeat(dense.length() - 8) + "\"}";
        for (String accept : new String[] { LoadApplication.JSON, LoadApplication.STREAM }) {
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
    void uploads_countWhileTheyLast_andAreLimitedInTime() throws Exception {
        List<RawConnection> uploads = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            uploads.add(RawConnection.open(url).post(LoadApplication.JSON, 200_000, "{\"a\":\""));
        }
        assertThat(uploads.stream().filter(raw -> {
            try {
                return raw.head().startsWith("HTTP/1.1 503");
            } catch (IOException closed) {
                return false;
            }
        })).as("refused at the door; the others are closed").hasSizeBetween(20, 24);
        LoadApplication.answers("{}");
    }

    /** The time limit of the upload does not apply to the run. */
    @Test
    void runOfALargeBody_isAnswered_whenItTakesLongerThanAnUploadMay() throws Exception {
        String text = "\"text\":\"" + "x".repeat(20_000) + "\"}";
        RawConnection running = RawConnection.open(url).post(LoadApplication.JSON, "{\"how\":\"wait\"," + text);
        RawConnection streamed = RawConnection.open(url).post(LoadApplication.STREAM, "{\"how\":\"wait\"," + text);
        assertThat(streamed.head()).startsWith("HTTP/1.1 200");
        String cut = RawConnection.open(url).post(LoadApplication.JSON, 20_000, "{\"a\":\"").head(); // ends at its own time limit, which began later
        assertThat(cut).isEmpty();

        LoadApplication.Work.setOpen(true);
        assertThat(running.head()).startsWith("HTTP/1.1 200");
        assertThat(streamed.reader().lines().anyMatch(line -> line.startsWith("event:") && line.endsWith("outcome"))).isTrue();
    }
}
