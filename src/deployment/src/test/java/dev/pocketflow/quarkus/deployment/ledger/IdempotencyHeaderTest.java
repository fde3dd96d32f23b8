package dev.pocketflow.quarkus.deployment.ledger;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.app.WaitingFlow;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.Response;

/** A key names one event, as in https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header. */
class IdempotencyHeaderTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = LedgerApplication.APP;

    private static Response send(String body, String key, String... accept) {
        return given().config(TestApplication.EXACT).contentType("application/json").header("Idempotency-Key", key)
                .accept(accept.length == 0 ? "application/json" : accept[0]).body(body).post("/");
    }

    @Test
    void otherEvent_isRefused_andTheFirstIsStillAnswered() {
        Response first = send("{\"order\":1,\"by\":\"Ada\"}", "other");

        for (String accept : new String[] { "application/json", "text/event-stream" }) {
            send("{\"order\":2,\"by\":\"Ada\"}", "other", accept).then().statusCode(422)
                    .contentType("application/problem+json").body("status", equalTo(422))
                    .body("title", equalTo("Unprocessable Content"))
                    .body("detail", allOf(containsString("another event was sent with this Idempotency-Key"),
                            containsString("Send this event with a new Idempotency-Key"), not(containsString("Ada")),
                            not(containsString(first.path("run")))));
        }
        assertThat(send("{\"order\":1,\"by\":\"Ada\"}", "other").asString()).isEqualTo(first.asString());
    }

    @Test
    void sameEvent_isTheSameRun_inEachForm() {
        Response first = send("{\"order\":1,\"lines\":[{\"a\":1,\"b\":\"é\"}]}", "same");

        assertThat(send("{ \"lines\" : [ {\"b\":\"\\u00e9\", \"a\":1} ], \"order\":1 }", "same").asString())
                .isEqualTo(first.asString());
    }

    @Test
    void otherEvent_isAnotherRun_withAnotherKeyOrNone() {
        String run = send("{\"order\":1}", "one").path("run");

        assertThat(send("{\"order\":2}", "two").<String> path("run")).isNotEqualTo(run);
        assertThat(send("{\"order\":2}", "").<String> path("run")).isNotEqualTo(run);
    }

    @Test
    void keyOfAnEnvelopeOrASignal_isIgnored() throws Exception {
        WaitingFlow.Told.RUNS.clear();
        send("{}", "signal");
        String token = WaitingFlow.Told.RUNS.take().token();

        send("{\"pocketflow\":{\"token\":\"" + token + "\",\"signal\":\"approved\",\"action\":\"no\"}}", "signal").then()
                .statusCode(202).body("status", equalTo("suspended"));
    }
}
