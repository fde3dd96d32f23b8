package dev.pocketflow.quarkus.deployment.signal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.app.WaitingFlow;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.Response;

/** A run that waits for a person; the caller sends it back. The ledger is the default of dev and test. */
class SuspendTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(WaitingFlow.CLASSES).overrideConfigKey("quarkus.pocketflow.hand-over",
            "caller");

    @Inject
    Flows flows;

    private static Response send(Object body) {
        return given().config(TestApplication.EXACT).contentType("application/json").body(body).post("/");
    }

    private static Response signal(String token, String action) {
        return send(Map.of("pocketflow",
                Map.of("token", token, "signal", "approved", "action", action, "payload", Map.of("by", "Ada"))));
    }

    private static String suspended() throws InterruptedException {
        Response answer = send("{}");
        answer.then().statusCode(202).body("status", equalTo("suspended")).body("signal", equalTo("approved"))
                .body("until", containsString("T")).body("hop", equalTo(1));
        RunSuspended told = WaitingFlow.Told.RUNS.take();
        assertThat(told.token()).isEqualTo(answer.path("token"));
        assertThat(told.run()).isEqualTo(answer.path("run"));
        assertThat(told).asString().doesNotContain(told.token());
        return told.token();
    }

    @Test
    void signal_resumesTheRun_once() throws Exception {
        String token = suspended();

        Response waiting = signal(token, "yes");
        waiting.then().statusCode(202).body("status", equalTo("handed-over")).body("until", containsString("T"));
        signal(token, "yes").then().statusCode(409).contentType("application/problem+json").body("title", equalTo("USED"));
        signal(token, "no").then().statusCode(409).body("title", equalTo("USED"));

        Response ended = send(waiting.path("envelope"));
        while (ended.statusCode() == 202) { // the pause, which the caller waits for
            ended = send(waiting.path("envelope"));
        }
        ended.then().statusCode(200).body("store.approved.by", equalTo("Ada"))
                .body("path.node", equalTo(List.of("draft", "approval", "pause", "send")));
    }

    @Test
    void runThatReturnsEarly_continuesToWait() throws Exception {
        Response waiting = signal(suspended(), "later");

        send(waiting.path("envelope")).then().statusCode(202).body("hop", equalTo(waiting.path("hop")));
    }

    @Test
    void unexpectedSignal_isRefused_andTheTokenStaysUsable() throws Exception {
        String token = suspended();

        signal(token, "maybe").then().statusCode(409).body("title", equalTo("UNEXPECTED_SIGNAL"))
                .body("detail", containsString("takes [yes, later, no] as the action"));
        signal(token, "expired").then().statusCode(409).body("title", equalTo("UNEXPECTED_SIGNAL"));
        send(Map.of("pocketflow", Map.of("token", token, "signal", "payment"))).then().statusCode(409)
                .body("detail", containsString("waits for signal 'approved'"));
        signal(token, "no").then().statusCode(202).body("status", equalTo("suspended"));
        WaitingFlow.Told.RUNS.take();
    }

    @Test
    void signalThatFailedTheRun_isSentAgainOrReplaced() throws Exception {
        String token = suspended();
        WaitingFlow.down = true;
        try {
            signal(token, "no").then().statusCode(500).body("failure.node", equalTo("draft")).body("envelope.hop", equalTo(1));
        } finally {
            WaitingFlow.down = false;
        }

        signal(token, "no").then().statusCode(202).body("status", equalTo("suspended"));
        signal(token, "no").then().statusCode(409).body("title", equalTo("USED"));
        signal(token, "yes").then().statusCode(409).body("title", equalTo("USED"));

        String another = WaitingFlow.Told.RUNS.take().token();
        WaitingFlow.down = true;
        try {
            signal(another, "no").then().statusCode(500);
        } finally {
            WaitingFlow.down = false;
        }
        signal(another, "yes").then().statusCode(202).body("status", equalTo("handed-over"));
        signal(another, "no").then().statusCode(409).body("title", equalTo("USED"));
    }

    @Test
    void forgedToken_isRefused() throws Exception {
        String token = suspended();
        int middle = token.length() / 2;
        String forged = token.substring(0, middle) + (token.charAt(middle) == 'A' ? 'B' : 'A') + token.substring(middle + 1);

        assertThat(signal(forged, "yes").then().extract().statusCode()).isIn(400, 403);
        signal("not a token", "yes").then().statusCode(400).body("title", equalTo("MALFORMED"));
    }

    @Test
    void invalidCommand_isRefused() {
        for (Object command : new Object[] { Map.of(), Map.of("signal", "approved"), Map.of("cancel", 1), Map.of("cancel", ""),
                Map.of("cancel", "01M8159BT9N1P4WXSA0ZT0V1QG"),
                Map.of("token", "x", "signal", "y", "colour", "red"), Map.of("token", 1, "signal", "y") }) {
            send(Map.of("pocketflow", command)).then().statusCode(400).body("detail", containsString("Send {\"pocketflow\""));
        }
        send(Map.of("pocketflow", Map.of("token", "x", "signal", "y"), "more", 1)).then().statusCode(400)
                .body("detail", containsString("is not the only member"));
    }

    @Test
    void runIsNotSuspended_whenAnObserverFails() {
        send(Map.of("deaf", true)).then().statusCode(500).body("status", equalTo("failed"))
                .body("failure.message", containsString("an observer of RunSuspended failed"))
                .body("envelope.hop", equalTo(0)).body("envelope.failure.node", equalTo("approval"));
    }

    @Test
    void page_opensATokenAndSignals() throws Exception {
        String token = suspended();

        RunSuspended open = flows.open(token);
        assertThat(open.signal()).isEqualTo("approved");
        assertThat(open.store().<String> get(dev.pocketflow.Key.of("trace", String.class))).startsWith(open.run() + "/1");
        assertThat(flows.signal(token, "yes", null)).isInstanceOf(RunResult.HandedOver.class);
        assertThatThrownBy(() -> flows.signal(token, "yes", null)).isInstanceOf(EnvelopeRefused.class);
        assertThatThrownBy(() -> flows.open("AAAA")).isInstanceOf(EnvelopeRefused.class);
    }
}
