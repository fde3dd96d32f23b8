package dev.pocketflow.quarkus.deployment.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.quarkus.deployment.doors.Door.Answer;
import dev.pocketflow.quarkus.deployment.doors.Door.Request;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** The status of a run, by the HTTP server and by each HTTP event of Lambda. */
class StatusDoorsTest {

    private static final String TOKEN = "PocketFlow-Cancel";

    @RegisterExtension
    static final QuarkusUnitTest APP = DoorsApplication.APP;

    @TestHTTPResource("/")
    URI server;

    /** {@return the names: the application's own class loader has another enum} */
    static Stream<String> all() {
        return Stream.of(Door.values()).map(Enum::name);
    }

    private Answer get(String door, String path, String... headers) throws Exception {
        return Door.valueOf(door).ask(server, new Request("GET", path, null, headers));
    }

    private Answer post(String door, String path, String body) throws Exception {
        return Door.valueOf(door).ask(server, DoorsApplication.post(path, body));
    }

    @ParameterizedTest
    @MethodSource("all")
    void suspendedRun_isFollowed_byTheLocationOfItsAnswer(String door) throws Exception {
        Answer started = post(door, "/flows/ask", "{\"text\":\"a\"}");
        JsonNode answer = started.json();
        String run = answer.path("run").asText();
        String cancel = answer.path("cancel").asText();
        String location = started.headers().get("Location");

        assertThat(started.status()).isEqualTo(202);
        assertThat(location).isEqualTo("/runs/" + run);
        Answer waiting = get(door, location, TOKEN, cancel);
        assertThat(waiting.status()).isEqualTo(200);
        assertThat(waiting.headers()).containsEntry("Cache-Control", "no-store").containsEntry("Content-Type",
                "application/json");
        assertThat(waiting.json().path("status").asText()).isEqualTo("suspended");
        assertThat(waiting.json().path("signal").asText()).isEqualTo("approved");
        assertThat(waiting.body()).doesNotContain(cancel, answer.path("token").asText());

        Answer ended = post(door, "/", DoorsApplication.JSON.writeValueAsString(Map.of("pocketflow",
                Map.of("token", answer.path("token").asText(), "signal", "approved", "action", "yes"))));
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.headers()).doesNotContainKey("Location");
        JsonNode told = get(door, location, TOKEN, cancel, "Prefer", "wait=5").json();
        assertThat(told.path("status").asText()).isEqualTo("completed");
        assertThat(told.path("store")).isEqualTo(ended.json().path("store"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void status_isForWhoeverHasTheTokenOfTheRun(String door) throws Exception {
        JsonNode one = post(door, "/flows/ask", "{\"text\":\"a\"}").json();
        JsonNode other = post(door, "/flows/ask", "{\"text\":\"b\"}").json();
        String path = "/runs/" + one.path("run").asText();

        for (Answer refused : new Answer[] { get(door, path), get(door, path, TOKEN, other.path("cancel").asText()),
                get(door, path, TOKEN, one.path("token").asText()), get(door, path, TOKEN, "e30.e30.e30"),
                get(door, "/runs/none", TOKEN, one.path("cancel").asText()) }) {
            assertThat(refused.status()).as("%s", refused).isBetween(400, 403);
            assertThat(refused.headers()).containsEntry("Content-Type", "application/problem+json");
            assertThat(refused.json().path("detail").asText()).contains("token");
        }
        assertThat(get(door, path, TOKEN, one.path("cancel").asText(), "Accept", "text/html").status()).isEqualTo(406);
        assertThat(get(door, path, TOKEN, one.path("cancel").asText(), "Accept", "*/*").status()).isEqualTo(200);
    }
}
