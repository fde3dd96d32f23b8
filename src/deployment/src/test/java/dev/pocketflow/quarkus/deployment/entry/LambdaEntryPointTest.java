package dev.pocketflow.quarkus.deployment.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.Flow;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.LambdaHandler;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.common.annotation.Identifier;

/** The handler as the platform calls it. The functions' tests show that the poll loop finds and calls the handler. */
class LambdaEntryPointTest {

    private static final PatternFormatter WITH_STACK_TRACES = new PatternFormatter("%s %X%n%e");

    @RegisterExtension
    static final QuarkusUnitTest APP = LambdaHandler
            .addTo(TestApplication.of(FailingFlow.CLASSES, Ticket.class, Crowd.class, More.class, LambdaHandler.class))
            .overrideConfigKey("quarkus.pocketflow.check-values", "false").overrideConfigKey("quarkus.pocketflow.flow", "both")
            .overrideConfigKey("quarkus.pocketflow.log.causes", "false") // as in production
            .setLogRecordPredicate(any -> true)
            .assertLogRecords(records -> assertThat(records).map(WITH_STACK_TRACES::format)
                    .noneMatch(line -> line.contains(FailingFlow.SECRET)));

    @RequestScoped
    static class Ticket {
        private final String id = UUID.randomUUID().toString();

        String id() {
            return id;
        }
    }

    /** Reads the request's ticket and the remaining time on all its threads. */
    static class Crowd implements ParallelBatchNode<Integer, String> {
        @Inject
        Ticket ticket;

        @Override
        public List<Integer> prep(Store shared) {
            return List.of(1, 2, 3, 4);
        }

        @Override
        public String exec(Integer item) {
            return ticket.id();
        }

        @Override
        public String post(Store shared, List<Integer> items, List<String> ids) {
            shared.put("tickets", ids.stream().distinct().toList());
            shared.put("remaining", Visit.current().remaining().orElseThrow().toMillis());
            return null;
        }
    }

    static class More {
        @Produces
        @Identifier("both")
        Flow both(Crowd crowd, Flow bad) {
            return Flow.named("both").node("crowd", crowd).then("bad").node("bad", bad).build();
        }
    }

    @Test
    void outcome_isTheResponse_toADirectEvent() throws Exception {
        JsonPath outcome = handle("{\"how\":\"well\"}");
        assertThat(outcome.getString("status")).isEqualTo("completed");
        assertThat(outcome.getString("action")).isEqualTo("well");
        assertThat(outcome.getString("store.how")).isEqualTo("well");
        assertThat(outcome.getList("path.node")).isEqualTo(List.of("crowd", "route"));
    }

    @Test
    void run_hasOneRequestContext_onAllItsThreads() throws Exception {
        JsonPath first = handle("{\"how\":\"well\"}");
        JsonPath second = handle("{\"how\":\"well\"}");
        assertThat(first.getList("store.tickets")).hasSize(1).isNotEqualTo(second.getList("store.tickets"));
    }

    @Test
    void data_isTheStore_ofAStructuredCloudEvent() throws Exception {
        JsonPath outcome = handle(
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/here\",\"type\":\"t\",\"data\":{\"how\":\"well\"}}");
        assertThat(outcome.getString("status")).isEqualTo("completed");
        assertThat(outcome.getMap("store")).doesNotContainKey("id");
    }

    @Test
    void eventInADeadLetter_isTheEvent_alsoInABatch() throws Exception {
        String letter = "{\"version\":\"1.0\",\"timestamp\":\"2026-11-14T18:16:05.568Z\",\"requestContext\":{\"requestId\":\"of %1$s\","
                + "\"functionArn\":\"arn:aws:lambda:us-east-2:123456789012:function:both\",\"condition\":\"RetriesExhausted\","
                + "\"approximateInvokeCount\":3},\"requestPayload\":{\"how\":\"%1$s\"}}";
        String record = "{\"messageId\":\"%s\",\"eventSource\":\"aws:sqs\",\"body\":\"%s\"}";

        assertThat(handle(letter.formatted("well")).getMap("store")).containsEntry("how", "well").doesNotContainKey("version");
        assertThat(handle("{\"Records\":[" + record.formatted("good", letter.formatted("well").replace("\"", "\\\"")) + ","
                + record.formatted("bad", letter.formatted("exception").replace("\"", "\\\"")) + "]}")
                .getList("batchItemFailures.itemIdentifier")).isEqualTo(List.of("bad"));
    }

    /** Events of other services, events without content, and messages with missing members. */
    @Test
    void eventWithOtherRecords_isRun() throws Exception {
        for (String records : List.of("[]", "[1]", "{}", "[{\"eventSource\":\"aws:s3\",\"s3\":{}}]",
                "[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":\"{}\"}}]", "[{\"eventSource\":\"aws:kinesis\"}]",
                "[{\"eventSource\":\"aws:sqs\",\"messageId\":\"m\",\"body\":\"{}\"},{\"eventSource\":\"aws:s3\"}]")) {
            assertThatThrownBy(() -> handle("{\"Records\":" + records + "}")).as(records).asString().contains("RunFailed");
            assertThat(handle("{\"Records\":" + records + ",\"how\":\"well\"}").getString("status")).as(records)
                    .isEqualTo("completed");
        }
        assertThat(handle("{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"{\\\"how\\\":\\\"well\\\"}\"},"
                + "{\"eventSource\":\"aws:sqs\",\"messageId\":\"empty\",\"body\":null}]}")
                .getList("batchItemFailures.itemIdentifier")).isEqualTo(List.of("empty"));
    }

    @Test
    void error_isReported_forABadEvent() throws Exception {
        for (String event : List.of("", "{\"S3CRET\":", "[\"S3CRET\"]", "\"S3CRET\"",
                "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"S3CRET\",\"type\":\"t\"}")) {
            assertThatThrownBy(() -> handle(event)).asString()
                    .matches("dev.pocketflow.quarkus.BadEvent: the (event|CloudEvent's specversion) is .*")
                    .doesNotContain(FailingFlow.SECRET);
        }
        outcome_isTheResponse_toADirectEvent();
    }

    @Test
    void error_isReported_forAFailedRun() throws Exception {
        for (String how : List.of("exception", "error", "overflow", "memory", "iterate", "async", "unwritable")) {
            String where = switch (how) {
                case "async" -> "flow 'bad', node 'async': exec failed: ";
                case "memory" -> "flow 'both': the run ended without an outcome: ";
                case "iterate" -> "flow 'iterates': forEach failed: ";
                case "unwritable" ->
                    "flow 'both': the value of store key 'mute', put by node 'unwritable' of flow 'bad', cannot be written";
                default -> "flow 'bad', node 'fails': exec failed: ";
            };
            assertThatThrownBy(() -> handle("{\"how\":\"" + how + "\"}")).hasNoCause().satisfies(
                    failure -> assertThat(failure.getStackTrace()).isEmpty()).asString()
                    .matches("dev.pocketflow.quarkus.RunFailed: run [0-9A-Z]{26}, .*").contains(where)
                    .doesNotContain(FailingFlow.SECRET);
        }
        outcome_isTheResponse_toADirectEvent();
    }

    @Test
    void remainingTime_isKnownToTheNodes() throws Exception {
        assertThat(handle(60_000, "{\"how\":\"well\"}").getInt("store.remaining")).isEqualTo(60_000);
    }

    /** Quarkus's event server of dev mode and tests gives no deadline: the time left is then any number. */
    @ParameterizedTest
    @ValueSource(ints = { -1_234_567_890, 1_234_567_890, Integer.MIN_VALUE, 900_001 })
    void run_hasTheLongestTime_whenNoDeadlineIsGiven(int remainingMillis) throws Exception {
        assertThat(handle(remainingMillis, "{\"how\":\"well\"}").getInt("store.remaining")).isEqualTo(900_000);
    }

    @Test
    void run_isStopped_withoutRemainingTime() {
        assertThatThrownBy(() -> handle(0, "{\"how\":\"well\"}")).asString().matches("dev.pocketflow.quarkus.RunFailed: run "
                + "[0-9A-Z]{26}, flow 'both', node 'crowd': the run stopped here, because the invocation's time is up");
    }

    private static JsonPath handle(String event) throws Exception {
        return handle(1_000, event);
    }

    private static JsonPath handle(int remainingMillis, String event) throws Exception {
        byte[] response = LambdaHandler.handle(remainingMillis, event.getBytes(StandardCharsets.UTF_8));
        return new JsonPath(new String(response, StandardCharsets.UTF_8));
    }
}
