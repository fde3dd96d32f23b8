package dev.pocketflow.quarkus.deployment.flows;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.ReactiveFlows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.RunStatus;
import dev.pocketflow.quarkus.StartOptions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Runs that are asked for while they work, and after. */
class RunStatusOfFlowsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = FlowsApplication.APP;

    @Inject
    Flows flows;

    @Inject
    ReactiveFlows reactive;

    private static RequestSpecification json() {
        return given().contentType("application/json");
    }

    @Test
    void outcomeCompletes_whenTheRunEnds() throws Exception {
        String run = flows.start("sum", Map.of("a", 4, "hold", true), StartOptions.NONE.withoutWaiting()).run();
        FlowsApplication.Add.HELD.take();
        assertThat(flows.status(run)).hasValueSatisfying(status -> assertThat(status).isInstanceOf(RunStatus.Running.class));
        CompletableFuture<RunResult> outcome = flows.outcome(run);
        assertThat(outcome).isNotDone();
        FlowsApplication.Add.RELEASE.add("go");

        assertThat(outcome.get()).isInstanceOfSatisfying(RunResult.Completed.class,
                done -> assertThat(done.get(FlowsApplication.SUM)).isEqualTo(5));
        String done = outcome.get().toString();
        assertThat(reactive.outcome(run).await().indefinitely()).hasToString(done);
        assertThat(reactive.status(run).await().indefinitely().orElseThrow()).hasToString(done);
    }

    @Test
    void unknownRun_hasNoStatus() {
        assertThat(flows.status("01M8159BT9N1P4WXSA0ZT0V1QG")).isEmpty();
        assertThatThrownBy(() -> flows.outcome("01M8159BT9N1P4WXSA0ZT0V1QG").get())
                .hasCauseInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "respond-async", "wait=0" })
    void callerThatDoesNotWait_isAnsweredWithTheLocationOfTheStatus(String prefer) throws Exception {
        Response begun = json().header("Prefer", prefer).body("{\"a\":1,\"hold\":true}").post("/");
        FlowsApplication.Add.HELD.take();

        begun.then().statusCode(202).body("status", equalTo("handed-over")).body("flow", equalTo("sum"));
        String location = begun.header("Location");
        String token = begun.path("cancel");
        assertThat(location).isEqualTo("/runs/" + begun.path("run"));
        given().header("PocketFlow-Cancel", token).get(location).then().statusCode(200).body("status", equalTo("running"))
                .body("hop", equalTo(0));
        FlowsApplication.Add.RELEASE.add("go");
        given().header("PocketFlow-Cancel", token).header("Prefer", "wait=20").get(location).then().statusCode(200)
                .body("status", equalTo("completed")).body("store.sum", equalTo(2)).body("cancel", nullValue());
    }

    @Test
    void callerThatWaits_isAnsweredWithTheOutcome_orARefusal() {
        json().header("Prefer", "wait=20").body("{\"a\":1}").post("/").then().statusCode(200).body("store.sum", equalTo(2))
                .header("Location", nullValue());
        json().header("Prefer", "wait=20").body("{\"b\":1}").post("/").then().statusCode(400);
        json().header("Prefer", "wait=20").body("{\"a\":-1}").post("/").then().statusCode(500);
    }

    /** The caller has to send the envelope: waiting would not help. */
    @Test
    void callerThatWaits_isAnsweredAtOnce_whenItHasToSendTheRunOn() {
        RunResult.Suspended waiting = (RunResult.Suspended) flows.start("ask", Map.of("a", 1));

        json().header("Prefer", "wait=20").body(Map.of("pocketflow",
                Map.of("token", waiting.token().orElseThrow(), "signal", "b", "action", "yes", "payload", 4))).post("/").then()
                .statusCode(202).body("status", equalTo("handed-over")).body("flow", equalTo("far"))
                .header("Location", "/runs/" + waiting.run());
    }
}
