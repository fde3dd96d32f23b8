package dev.pocketflow.quarkus.deployment.entry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.stream.Stream;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.FlowException;
import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.ServerSentEvent;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.path.json.JsonPath;

class HttpFailureTest {

    private static final PatternFormatter WITH_STACK_TRACES = new PatternFormatter("%c %s %X%n%e");

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(FailingFlow.CLASSES)
            .overrideConfigKey("quarkus.pocketflow.max-steps", "50")
            .overrideConfigKey("quarkus.pocketflow.check-values", "false")
            .overrideConfigKey("quarkus.pocketflow.log.causes", "false") // as in production
            .overrideConfigKey("quarkus.log.category.\"dev.pocketflow\".level", "DEBUG")
            .setLogRecordPredicate(any -> true)
            .assertLogRecords(records -> assertThat(records).isNotEmpty().map(WITH_STACK_TRACES::format)
                    .noneMatch(line -> line.contains(FailingFlow.SECRET))
                    .anyMatch(line -> line.contains("exec failed: java.lang.IllegalArgumentException")
                            && line.contains("Caused by: java.lang.IllegalStateException")
                            && line.contains("(FailingFlow.java:")));

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("exception", "fails", IllegalArgumentException.class,
                        "flow 'bad', node 'fails': exec failed: java.lang.IllegalArgumentException"),
                Arguments.of("error", "fails", AssertionError.class,
                        "flow 'bad', node 'fails': exec failed: java.lang.AssertionError"),
                Arguments.of("overflow", "fails", StackOverflowError.class,
                        "flow 'bad', node 'fails': exec failed: java.lang.StackOverflowError"),
                Arguments.of("flow", "fails", FlowException.class, "flow 'bad', node 'fails': exec failed: safe to show"),
                Arguments.of("async", "async", IllegalArgumentException.class,
                        "flow 'bad', node 'async': exec failed: java.lang.IllegalArgumentException"),
                Arguments.of("loop", "loops", FlowException.Stopped.class,
                        "flow 'bad', node 'loops': the run stopped here, because it has made its 50 steps. If the flow has no "
                                + "endless loop, raise the limit (Run.maxSteps, quarkus.pocketflow.max-steps)"),
                Arguments.of("iterate", null, AssertionError.class,
                        "flow 'iterates': forEach failed: java.lang.AssertionError"),
                Arguments.of("unwritable", null, FlowException.BadValue.class,
                        "flow 'bad': the value of store key 'mute', put by node 'unwritable' of flow 'bad', cannot be written as JSON. "
                                + "Put only JSON-shaped values, or types that Jackson can write"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_isAnswered_withoutItsContent(String how, String node, Class<?> type, String message) {
        JsonPath answer = given().contentType("application/json").body("{\"how\":\"" + how + "\"}").post("/").then()
                .statusCode(500).contentType("application/json").extract().jsonPath();
        assertFailure(answer, node, type, message);
        nextOneIsAnswered();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_isStreamed_asTheOutcome(String how, String node, Class<?> type, String message) {
        List<ServerSentEvent> events = ServerSentEvent.post("{\"how\":\"" + how + "\"}");
        assertThat(events.get(events.size() - 1).name()).isEqualTo("outcome");
        assertFailure(events.get(events.size() - 1).path(), node, type, message);
        assertThat(events.subList(0, events.size() - 1).toString()).doesNotContain(FailingFlow.SECRET);
        nextOneIsAnswered();
    }

    private static void assertFailure(JsonPath answer, String node, Class<?> type, String message) {
        assertThat(answer.getString("status")).isEqualTo("failed");
        assertThat(answer.getString("run")).hasSize(26);
        assertThat(answer.getString("failure.flow")).isEqualTo(message.split("'")[1]);
        assertThat(answer.getString("failure.node")).isEqualTo(node);
        assertThat(answer.getString("failure.type")).isEqualTo(type.getName());
        assertThat(answer.getString("failure.message")).isEqualTo(message);
        assertThat(answer.getList("path").toString()).doesNotContain(FailingFlow.SECRET);
        if (answer.get("store") != null) {
            assertThat(answer.getString("store.secret")).isEqualTo(FailingFlow.SECRET);
        }
    }

    private static void nextOneIsAnswered() {
        given().contentType("application/json").body("{\"how\":\"well\"}").post("/").then().statusCode(200)
                .body("action", equalTo("well"));
    }

    /** An error of the virtual machine is not a step's failure, and leaves no outcome. */
    @Test
    void runWithoutAnOutcome_isAnswered_withoutItsContent() {
        String message = "flow 'bad': the run ended without an outcome: java.lang.OutOfMemoryError";
        assertFailure(given().contentType("application/json").body("{\"how\":\"memory\"}").post("/").then().statusCode(500)
                .contentType("application/json").extract().jsonPath(), null, OutOfMemoryError.class, message);
        nextOneIsAnswered();
        List<ServerSentEvent> events = ServerSentEvent.post("{\"how\":\"memory\"}");
        assertFailure(events.get(events.size() - 1).path(), null, OutOfMemoryError.class, message);
        nextOneIsAnswered();
    }

    @Test
    void refusedInput_isNotLogged() {
        given().contentType("application/json").body("{\"" + FailingFlow.SECRET + "\":").post("/").then().statusCode(400);
    }
}
