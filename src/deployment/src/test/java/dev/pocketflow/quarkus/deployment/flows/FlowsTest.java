package dev.pocketflow.quarkus.deployment.flows;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.ReactiveFlows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.StartOptions;
import io.quarkus.test.QuarkusUnitTest;

/** Runs that the application starts by itself. */
class FlowsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = FlowsApplication.APP;

    @Inject
    Flows flows;

    @Inject
    ReactiveFlows reactive;

    @BeforeEach
    void count() {
        FlowsApplication.Ticket.OPEN.set(0);
    }

    @Test
    void startedRun_completes_withWhatTheFlowGives() {
        RunResult result = flows.start("sum", Map.of("a", 2, "b", 3));

        assertThat(result).isInstanceOfSatisfying(RunResult.Completed.class, done -> {
            assertThat(done.get(FlowsApplication.SUM)).isEqualTo(5);
            assertThat(done.store().asMap()).containsOnlyKeys("sum");
            assertThat(done.action()).isEqualTo("default");
            assertThat(done.usage()).isEmpty();
            assertThat(done.run()).hasSize(26);
            assertThat(done.toString()).endsWith("action=default, store=Store[sum], usage={}]");
        });
    }

    @Test
    void input_isAnythingThatIsWrittenAsAnObject() {
        assertThat(List.<Object> of(new FlowsApplication.Input(2, 1), Store.of(Map.of("a", 2)), Map.of("a", 2L)))
                .extracting(input -> ((RunResult.Completed) flows.start("sum", input)).get(FlowsApplication.SUM))
                .containsOnly(3);
        assertThatIllegalArgumentException().isThrownBy(() -> flows.start("sum", List.of(1)))
                .withMessage("the input of flow 'sum' is not written as a JSON object. Give a map, a Store or a record");
        assertThatIllegalArgumentException().isThrownBy(() -> flows.start("sum", Map.of("a", new Object())))
                .withMessageContaining("cannot be written as JSON");
    }

    @Test
    void inputThatTheFlowDoesNotTake_isRefused_beforeAStep() {
        int before = FlowsApplication.Add.RUNS.get();

        assertThatThrownBy(() -> flows.start("sum", Map.of("a", "2", "c", 1))).isInstanceOfSatisfying(BadEvent.class,
                refused -> assertThat(refused.faults()).extracting(BadEvent.Fault::pointer).containsExactly("#/a", "#/c"));
        assertThatThrownBy(() -> reactive.start("sum", Map.of()).await().indefinitely()).isInstanceOf(BadEvent.class);
        assertThat(FlowsApplication.Add.RUNS).hasValue(before);
    }

    @Test
    void unknownFlow_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> flows.start("sun", Map.of()))
                .withMessage("this application has no flow 'sun'. Its flows are [ask, far, slow, sum]");
        assertThatIllegalArgumentException().isThrownBy(() -> flows.start("far", Map.of("a", 1)))
                .withMessageStartingWith("flow 'far' works in another function, since a RemoteFlow names it. Set "
                        + "quarkus.pocketflow.remote.far=nested");
    }

    @Test
    void failedRun_isAResult_andResumes() {
        RunResult result = flows.start("sum", Map.of("a", -1));

        assertThat(result).isInstanceOfSatisfying(RunResult.Failed.class, failed -> {
            assertThat(failed.node()).contains("add");
            assertThat(failed.message()).contains("open: a is negative");
            assertThat(failed.toString()).doesNotContain("pocketflow\":1");
            assertThat(flows.resume(failed.envelope().orElseThrow())).isInstanceOf(RunResult.Failed.class);
        });
    }

    @Test
    void sameIdempotencyKey_isTheSameRun() {
        StartOptions options = StartOptions.NONE.withIdempotencyKey("order 7");
        int before = FlowsApplication.Add.RUNS.get();

        RunResult first = flows.start("sum", Map.of("a", 7), options);
        assertThat(flows.start("sum", Map.of("a", 7), options).run()).isEqualTo(first.run());
        assertThatThrownBy(() -> flows.start("sum", Map.of("a", 8), options)).isInstanceOfSatisfying(BadEvent.class,
                refused -> assertThat(refused.status()).isEqualTo(422)).hasMessageContaining("with this idempotency key");
        assertThat(FlowsApplication.Add.RUNS).hasValue(before + 1);
        // a stranger who guesses the key and the input does not get the run
        given().contentType("application/json").header("Idempotency-Key", "order 7").body("{\"a\":7}").post("/").then()
                .statusCode(200);
        assertThat(FlowsApplication.Add.RUNS).hasValue(before + 2);
    }

    @Test
    void otherFlow_suspends_andGoesOnByItsSignal() {
        RunResult.Suspended waiting = (RunResult.Suspended) flows.start("ask", Map.of("a", 1));

        assertThat(waiting.flow()).isEqualTo("ask");
        assertThat(waiting.signal()).isEqualTo("b");
        assertThat(waiting.toString()).doesNotContain(waiting.token().orElseThrow());
        assertThat(flows.open(waiting.token().orElseThrow()).run()).isEqualTo(waiting.run());
        RunResult next = flows.signal(waiting.token().orElseThrow(), "yes", 4);
        assertThat(next).isInstanceOfSatisfying(RunResult.HandedOver.class, left -> {
            assertThat(left.flow()).isEqualTo("far");
            assertThat(left.envelope()).isPresent();
        });
        assertThatThrownBy(() -> flows.signal(waiting.token().orElseThrow(), "no", null)).isInstanceOf(EnvelopeRefused.class);
    }

    @Test
    void signalOfTheHttpEntryPoint_resumesARunOfAnotherFlow() {
        RunResult.Suspended waiting = (RunResult.Suspended) reactive.start("ask", Map.of("a", 1)).await().indefinitely();

        given().contentType("application/json").body(Map.of("pocketflow",
                Map.of("token", waiting.token().orElseThrow(), "signal", "b", "action", "no"))).post("/").then().statusCode(200)
                .body("action", equalTo("no"));
    }

    @Test
    void cancelledRun_fails() throws Exception {
        RunResult begun = flows.start("slow", Map.of("a", 1, "hold", true), StartOptions.NONE.withoutWaiting());

        assertThat(FlowsApplication.Add.HELD.take()).as("before its first step it could be cancelled, too").isEqualTo("open");
        assertThat(begun).isInstanceOfSatisfying(RunResult.HandedOver.class, left -> {
            assertThat(left.flow()).isEqualTo("slow");
            assertThat(left.hop()).isZero();
            assertThat(left.cancelToken()).isPresent();
            flows.cancel(left.run());
        });
        FlowsApplication.Add.RELEASE.add("go");
        assertThat(FlowsApplication.Ended.RUNS.take()).isInstanceOfSatisfying(RunEvent.Failed.class, failed -> {
            assertThat(failed.run()).isEqualTo(begun.run());
            assertThat(failed.failure()).hasMessageContaining("it was cancelled");
        });
    }

    @Test
    void runWithoutWaiting_checksItsInputFirst() {
        assertThatThrownBy(() -> flows.start("sum", Map.of(), StartOptions.NONE.withoutWaiting())).isInstanceOf(BadEvent.class);
    }

    /** Nodes may use request-scoped beans wherever the run was started. */
    @Test
    void run_hasARequestContextOfItsOwn_thatEndsWithIt() throws Exception {
        Thread scheduler = new Thread(() -> flows.start("sum", Map.of("a", -1)));
        scheduler.start();
        scheduler.join();
        CompletionStage<RunResult> later = reactive.start("sum", Map.of("a", -1)).subscribeAsCompletionStage();
        later.toCompletableFuture().join();

        assertThat(FlowsApplication.Ticket.OPEN).hasValue(0);
    }

    /** The request is over before the run is. */
    @Test
    void runWithoutWaiting_outlivesTheRequestThatStartedIt() throws Exception {
        String run = get("/own/detached").then().statusCode(200).extract().asString();
        FlowsApplication.Add.HELD.take();
        FlowsApplication.Add.RELEASE.add("go");

        assertThat(FlowsApplication.Ended.RUNS.take()).isInstanceOfSatisfying(RunEvent.Failed.class, failed -> {
            assertThat(failed.run()).isEqualTo(run);
            assertThat(failed.failure()).hasMessageContaining("open: a is negative");
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " " })
    void blankIdempotencyKey_isRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> StartOptions.NONE.withIdempotencyKey(key))
                .withMessageStartingWith("an idempotency key must not be blank, was ");
    }

    @Test
    void ownEndpoint_startsRuns() {
        get("/own/blocking").then().statusCode(200).body(equalTo("2"));
        get("/own/reactive").then().statusCode(200).body(equalTo("21"));
        get("/own/eventloop").then().statusCode(200)
                .body(containsString("must not block, and Flows does. Use flows.reactive()"));
    }
}
