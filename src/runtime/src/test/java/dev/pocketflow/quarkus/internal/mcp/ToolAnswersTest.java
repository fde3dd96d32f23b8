package dev.pocketflow.quarkus.internal.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.internal.contract.FlowContract;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolResponse;

class ToolAnswersTest {

    private static final Key<Integer> N = Key.of("n", Integer.class);
    private static final ToolAnswers ANSWERS = answers(Flow.named("f").takes(N).gives(N));
    private static final Instant NOON = Instant.parse("2026-12-24T12:00:00Z");

    private static ToolAnswers answers(Flow.Builder flow) {
        return new ToolAnswers(new FlowContract(flow.node("n", Node.route(store -> null)).build()));
    }

    private static Map<?, ?> content(RunResult result) {
        return (Map<?, ?>) ANSWERS.of(result).structuredContent();
    }

    private static String text(ToolResponse answer) {
        return ((TextContent) answer.content().get(0)).text();
    }

    private static RunResult completed(Map<String, ?> store) {
        return new RunResult.Completed("R", "default", Store.of(store), Map.of());
    }

    /** Also if {@code quarkus.pocketflow.answer.store} is {@code all}: the schema has no other keys. */
    @Test
    void content_hasTheKeysThatTheFlowGives() {
        assertThat(content(completed(Map.of("n", 1, "inner", 2)))).isEqualTo(Map.of("n", 1));
        assertThat(answers(Flow.named("f")).of(completed(Map.of("n", 1, "inner", 2))).structuredContent())
                .isEqualTo(Map.of("n", 1, "inner", 2));
    }

    @Test
    void schema_hasOutputAndUnfinishedRuns() {
        JsonNode schema = Json.MAPPER.valueToTree(ANSWERS.schema());

        assertThat(schema.path("type").asText()).isEqualTo("object"); // MCP requires it
        assertThat(schema.at("/$defs/output/properties/n/type").asText()).isEqualTo("integer");
        assertThat(schema.at("/$defs/unfinished/required")).hasToString("[\"status\",\"message\",\"run\",\"flow\"]");
    }

    @Test
    void suspendedRun_hidesItsToken_ifTheAnswerIsToHideIt() {
        RunResult.Suspended hidden = new RunResult.Suspended("R", "f", "approval", Optional.of(NOON), Optional.empty(),
                Optional.empty());

        assertThat(content(hidden)).isEqualTo(Map.of("status", "suspended", "run", "R", "flow", "f", "signal", "approval",
                "until", "2026-12-24T12:00:00Z", "message", "the run waits for the signal 'approval' until "
                        + "2026-12-24T12:00:00Z. It has no result yet. It continues when the signal is sent"));
        assertThat(text(ANSWERS.of(hidden))).startsWith("run R: the run waits for the signal 'approval'");
    }

    @Test
    void runThatTheCallerHandsOn_hasItsEnvelope() {
        RunResult.HandedOver left = new RunResult.HandedOver("R", "f", 2, Optional.empty(), Optional.of("C"),
                Optional.of("{\"run\":\"R\"}".getBytes(StandardCharsets.UTF_8)));

        assertThat(content(left)).isEqualTo(Map.of("status", "handed-over", "run", "R", "flow", "f", "hop", 2, "cancel", "C",
                "envelope", Map.of("run", "R"), "message", "the run continues without this call, and has no result yet. Send "
                        + "its envelope to the function to continue it"));
    }

    @Test
    void failedRun_showsNoStore() {
        ToolResponse answer = ANSWERS.of(new RunResult.Failed("R", "f", Optional.of("n"), "a.Type", "it is broken",
                Store.of(Map.of("n", 1)), Optional.of(new byte[0])));

        assertThat(answer.isError()).isTrue();
        assertThat(text(answer)).isEqualTo("run R failed: it is broken (a.Type)");
        assertThat(answer.structuredContent()).isNull();
    }

    @Test
    void eventThatIsRefusedForAnotherReason_isAnError() {
        assertThat(text(ToolAnswers.refused(new BadEvent(400, "it is too deep")))).isEqualTo("it is too deep");
        assertThat(ToolAnswers.isRefusal(new IllegalStateException())).isFalse();
    }
}
