package dev.pocketflow.quarkus.internal.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.pocketflow.Key;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.internal.contract.FlowContract;
import dev.pocketflow.quarkus.internal.http.Overloaded;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.OutcomeWriter;
import io.quarkiverse.mcp.server.MetaKey;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolResponse;

/**
 * The answers of the tool that runs a flow. The structured content is what the flow gives, or tells that the run has not ended.
 * An error has text only, because a client may refuse structured content that is not of the schema. Immutable.
 */
final class ToolAnswers {

    private static final MetaKey RUN = MetaKey.of("run", "dev", "pocketflow");
    private static final MetaKey STATUS = MetaKey.of("status", "dev", "pocketflow");
    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private final FlowContract contract;
    private final Optional<Set<String>> gives;

    ToolAnswers(FlowContract contract) {
        this.contract = contract;
        this.gives = contract.gives().map(keys -> keys.stream().map(Key::name).collect(Collectors.toUnmodifiableSet()));
    }

    /** {@return the JSON Schema of the structured content} */
    Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("anyOf", List.of(Map.of("$ref", "#/$defs/output"), Map.of("$ref", "#/$defs/unfinished")));
        schema.put("$defs", Map.of("output", contract.output("#/$defs/output/$defs/"), "unfinished", unfinished()));
        return schema;
    }

    private static Map<String, Object> unfinished() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("status", Map.of("type", "string", "enum", List.of("suspended", "handed-over")));
        properties.put("message", TEXT);
        properties.put("run", TEXT);
        properties.put("flow", TEXT);
        properties.put("signal", TEXT);
        properties.put("until", Map.of("type", "string", "format", "date-time"));
        properties.put("token", TEXT);
        properties.put("cancel", TEXT);
        properties.put("hop", Map.of("type", "integer"));
        properties.put("envelope", Map.of("type", "object"));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", "The run has not ended, so there is no output yet");
        schema.put("properties", properties);
        schema.put("required", List.of("status", "message", "run", "flow"));
        return schema;
    }

    ToolResponse of(RunResult result) {
        if (result instanceof RunResult.Completed completed) {
            Map<String, Object> given = given(completed);
            return answer(result, "completed", new String(HopResponse.json(given), StandardCharsets.UTF_8), given);
        } else if (result instanceof RunResult.Suspended suspended) {
            return unfinished(result, suspended(suspended));
        } else if (result instanceof RunResult.HandedOver left) {
            return unfinished(result, handedOver(left));
        }
        RunResult.Failed failed = (RunResult.Failed) result;
        return new ToolResponse(true, text("run " + failed.run() + " failed: " + failed.message() + " (" + failed.type() + ")"),
                meta(result, "failed"));
    }

    /** {@return the values that the flow gives} A secret is null, and other values may be; the schema has no null. */
    private Map<String, Object> given(RunResult.Completed completed) {
        Map<String, Object> given = new LinkedHashMap<>(completed.store().toJson());
        gives.ifPresent(given.keySet()::retainAll);
        given.values().removeIf(Objects::isNull);
        return given;
    }

    private static Map<String, Object> suspended(RunResult.Suspended run) {
        Map<String, Object> answer = head("suspended", "the run waits for the signal '" + run.signal() + "'"
                + run.until().map(until -> " until " + until).orElse("")
                + ". It has no result yet. It continues when the signal "
                + (run.token().isPresent() ? "is sent with this token" : "is sent"), run.run(), run.flow());
        answer.put("signal", run.signal());
        putTimes(answer, run.until(), run.cancelToken());
        run.token().ifPresent(token -> answer.put("token", token));
        return answer;
    }

    private static Map<String, Object> handedOver(RunResult.HandedOver run) {
        Map<String, Object> answer = head("handed-over", "the run continues without this call"
                + run.until().map(until -> " at " + until).orElse("") + ", and has no result yet"
                + (run.envelope().isPresent() ? ". Send its envelope to the function to continue it" : ""), run.run(),
                run.flow());
        answer.put("hop", run.hop());
        putTimes(answer, run.until(), run.cancelToken());
        run.envelope().ifPresent(sealed -> answer.put("envelope", read(sealed)));
        return answer;
    }

    private static Map<String, Object> head(String status, String message, String run, String flow) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("status", status);
        head.put("message", message);
        head.put("run", run);
        head.put("flow", flow);
        return head;
    }

    private static void putTimes(Map<String, Object> answer, Optional<Instant> until, Optional<String> cancel) {
        until.ifPresent(time -> answer.put("until", time.toString()));
        cancel.ifPresent(token -> answer.put("cancel", token));
    }

    private static Object read(byte[] envelope) {
        try {
            return OutcomeWriter.read(envelope);
        } catch (IOException e) {
            throw new UncheckedIOException("an envelope that was sealed here is not JSON", e);
        }
    }

    private static ToolResponse unfinished(RunResult result, Map<String, Object> content) {
        return answer(result, (String) content.get("status"),
                "run " + result.run() + ": " + content.get("message"), content);
    }

    private static ToolResponse answer(RunResult result, String status, String text, Map<String, Object> content) {
        return new ToolResponse(false, text(text), content, meta(result, status));
    }

    private static List<TextContent> text(String text) {
        return List.of(new TextContent(text));
    }

    private static Map<MetaKey, Object> meta(RunResult result, String status) {
        return Map.of(RUN, result.run(), STATUS, status);
    }

    /** {@return whether a failure means that no run was begun} */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof BadEvent || failure instanceof EnvelopeRefused || failure instanceof HandOverFailed
                || failure instanceof LedgerFailed || failure instanceof Overloaded;
    }

    /** {@return the answer to a call that began no run; with every fault of its input} */
    static ToolResponse refused(Throwable failure) {
        String faults = failure instanceof BadEvent event ? event.faults().stream()
                .map(fault -> "\n" + fault.pointer() + " " + fault.problem()).collect(Collectors.joining()) : "";
        return ToolResponse.error(failure.getMessage() + faults);
    }
}
