package dev.pocketflow.quarkus.deployment.ledger;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.app.WaitingFlow;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.Response;

/** Duplicates, cancellations and failures, with a ledger in memory and all hops in one process. */
class LedgerTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = LedgerApplication.APP;

    @Inject
    Flows flows;

    private static Response send(Object body, String... headers) {
        var request = given().config(TestApplication.EXACT).contentType("application/json").body(body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.post("/");
    }

    @Test
    void duplicateEvent_isOneRun_withTheSameAnswer() throws Exception {
        for (String[] headers : new String[][] { { "Idempotency-Key", "order 7" },
                { "ce-specversion", "1.0", "ce-id", "7", "ce-source", "/orders", "ce-type", "order" } }) {
            Response first = send("{}", headers);
            assertThat(send("{}", headers).asString()).isEqualTo(first.asString());
        }
        assertThat(send("{}").<String> path("run")).isNotEqualTo(send("{}").path("run"));
        WaitingFlow.Told.RUNS.clear();
    }

    @Test
    void runCompletes_byTheTimersOfThisProcess() throws Exception {
        WaitingFlow.Told.RUNS.clear();
        send("{\"failures\":2}");
        String token = WaitingFlow.Told.RUNS.take().token();

        Map<String, Object> signal = Map.of("pocketflow", Map.of("token", token, "signal", "approved", "action", "no"));
        send(signal).then().statusCode(202).body("status", equalTo("suspended"));
        String again = WaitingFlow.Told.RUNS.take().token();
        send(Map.of("pocketflow", Map.of("token", again, "signal", "approved", "action", "yes"))).then().statusCode(202);

        // the pause, two failures and the steps after them run without a request: a duplicate answers when all is done
        await(() -> send(Map.of("pocketflow", Map.of("token", again, "signal", "approved", "action", "yes"))).path("title"),
                "USED");
    }

    @Test
    void activeRun_isCancelledBeforeItsNextStep_byTheTokenOfItsStart() throws Exception {
        Response started = send("{}");
        String run = started.path("run");
        String token = started.path("token");

        send(Map.of("pocketflow", Map.of("cancel", started.path("cancel")))).then().statusCode(202).body("status",
                equalTo("cancelling"));
        Response cancelled = send(Map.of("pocketflow", Map.of("token", token, "signal", "approved", "action", "yes")));

        cancelled.then().statusCode(500).body("failure.type", containsString("Stopped"))
                .body("failure.message", containsString("cancelled"));
        assertThat(Files
                .readString(LedgerApplication.PARKED.resolve(run + "." + cancelled.<Integer> path("envelope.hop") + ".json")))
                .contains("\"failure\":{\"flow\":\"ask\"");
    }

    @Test
    void emptyIdentity_isIgnored() {
        assertThat(send("{}", "Idempotency-Key", "").<String> path("run"))
                .isNotEqualTo(send("{}", "Idempotency-Key", "").path("run"));
    }

    @Test
    void cancellation_isStreamedLikeAnyAnswer() {
        assertThat(send(Map.of("pocketflow", Map.of("cancel", send("{}").path("cancel"))), "Accept", "text/event-stream")
                .asString()).contains("event:outcome", "cancelling");
    }

    @Test
    void streamedRun_hasTheTokenBeforeItsFirstEvent() {
        Response streamed = send("{}", "Accept", "text/event-stream", "Idempotency-Key", "streamed");

        assertThat(streamed.asString()).contains("event:started", "event:outcome", "\"cancel\":\""
                + streamed.header("PocketFlow-Cancel") + "\"");
        send(Map.of("pocketflow", Map.of("cancel", streamed.header("PocketFlow-Cancel")))).then().statusCode(202);
        Response signalled = send(Map.of("pocketflow", Map.of("token", "x", "signal", "y")), "Accept", "text/event-stream");
        assertThat(signalled.header("PocketFlow-Cancel")).isNull();
    }

    /** Every reader of a log, a refusal or an answer knows a run's id. */
    @Test
    void idOfARun_doesNotCancelIt() {
        Response started = send("{}");
        String token = started.path("cancel");
        int middle = token.length() / 2;
        String forged = token.substring(0, middle) + (token.charAt(middle) == 'A' ? 'B' : 'A') + token.substring(middle + 1);

        for (String accept : new String[] { "application/json", "text/event-stream" }) {
            send(Map.of("pocketflow", Map.of("cancel", started.path("run"))), "Accept", accept).then().statusCode(400)
                    .body("detail", containsString("the id of a run"));
            assertThat(send(Map.of("pocketflow", Map.of("cancel", forged)), "Accept", accept).statusCode()).isIn(400, 403);
        }
        send(Map.of("pocketflow", Map.of("token", started.path("token"), "signal", "approved", "action", "yes"))).then()
                .statusCode(202).body("status", equalTo("handed-over"));
    }

    @Test
    void eventsOfOneSourceAndId_areTwoRuns_whenTheirDataDiffer() {
        String[] event = { "ce-specversion", "1.0", "ce-id", "mine", "ce-source", "/orders", "ce-type", "order" };
        Response first = send("{\"by\":\"S3CRET\"}", event);
        String run = first.path("run");

        for (String accept : new String[] { "application/json", "text/event-stream" }) {
            Response other = send("{\"by\":\"Eve\"}", "ce-specversion", "1.0", "ce-id", "mine", "ce-source", "/orders",
                    "ce-type",
                    "order", "Accept", accept);
            other.then().statusCode(422).contentType("application/problem+json")
                    .body("detail", containsString("another event was sent with this CloudEvent source and id before"));
            assertThat(other.asString()).doesNotContain(run, "S3CRET");
        }
        assertThat(send("{\"by\":\"S3CRET\"}", event).asString()).isEqualTo(first.asString());
    }

    @Test
    void cloudEvent_isOneRun_inEachForm() {
        Response binary = send("{}", "ce-specversion", "1.0", "ce-id", "a%20b%C3%BC", "ce-source", "/s%3ft", "ce-type", "t");

        assertThat(given().contentType("application/cloudevents+json").body(("{\"specversion\":\"1.0\","
                + "\"type\":\"t\",\"id\":\"a bü\",\"source\":\"/s?t\",\"data\":{}}").getBytes(StandardCharsets.UTF_8)).post("/")
                .<String> path("run"))
                .isEqualTo(binary.path("run"));
    }

    /** The sender chooses the ids in it. */
    @Test
    void deadLetterOverHttp_isARunOfItsSender() {
        String letter = "{\"messageId\":\"m7\",\"eventSource\":\"aws:sqs\",\"body\":\"{}\"}";

        assertThat(send(letter).<String> path("run")).isNotEqualTo(send(letter).path("run"));
        Response keyed = send(letter, "Idempotency-Key", "letter");
        assertThat(send(letter, "Idempotency-Key", "letter").asString()).isEqualTo(keyed.asString());
    }

    /** Senders who sign in are separated: nobody else's event takes the place of theirs. */
    @Test
    void eventOfAnotherSender_isAnotherRun() {
        Response eve = send("{\"by\":\"Eve\"}", "Idempotency-Key", "9", "X-User", "Eve");
        Response ada = send("{\"by\":\"Ada\"}", "Idempotency-Key", "9", "X-User", "Ada");

        ada.then().statusCode(202);
        assertThat(send("{\"by\":\"Ada\"}", "Idempotency-Key", "9", "X-User", "Ada").asString()).isEqualTo(ada.asString());
        assertThat(send("{\"by\":\"Eve\"}", "Idempotency-Key", "9", "X-User", "Ada").statusCode()).isEqualTo(422);
        assertThat(send("{\"by\":\"Eve\"}", "Idempotency-Key", "9").<String> path("run")).isNotEqualTo(eve.path("run"));
    }

    @Test
    void streamedRun_isCancelledBetweenItsSteps() throws Exception {
        CompletableFuture<Response> answer = CompletableFuture
                .supplyAsync(() -> send("{\"hold\":true}", "Idempotency-Key", "slow"));
        String run = WaitingFlow.HELD.take();
        send("{\"hold\":true}", "Idempotency-Key", "slow").then().statusCode(409).body("title", equalTo("BUSY"))
                .header("Retry-After", equalTo("5")).body("detail", containsString("another invocation works on run " + run));
        flows.cancel(run);
        WaitingFlow.RELEASE.add(run);

        answer.get().then().statusCode(500).body("failure.message", containsString("cancelled"));
    }

    @Test
    void failedRun_isParkedAndResumes_whileItsEventIsAnswered() throws Exception {
        Response failed = send("{\"deaf\":true}", "Idempotency-Key", "deaf");
        failed.then().statusCode(500);
        Path file = LedgerApplication.PARKED.resolve(failed.path("run") + ".1.json");

        String parked = Files.readString(file);
        assertThat(parked).contains("\"node\":\"approval\"", "\"type\":\"dev.pocketflow.FlowException\"");
        send("{\"deaf\":true}", "Idempotency-Key", "deaf").then().statusCode(500)
                .body("failure.message", containsString("an observer of RunSuspended failed"));
        send(parked).then().statusCode(500).body("envelope.hop", equalTo(2)); // it resumes, and they fail once more
    }

    @Test
    void foreignEnvelope_isNotStored() throws Exception {
        Response failed = send("{\"deaf\":true}");
        Map<String, Object> other = new LinkedHashMap<>(failed.path("envelope"));
        String run = failed.path("run");
        Files.delete(LedgerApplication.PARKED.resolve(run + ".1.json"));
        other.remove("seal");

        send(other).then().statusCode(403); // its maker is unknown: it is not ours, and not stored

        assertThat(LedgerApplication.PARKED.resolve(run + ".1.json")).doesNotExist();
    }

    private static void await(Supplier<Object> value, Object expected) {
        while (!expected.equals(value.get())) {
            Thread.onSpinWait(); // each check is a request
        }
    }
}
