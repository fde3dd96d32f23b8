package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.StepEvent;
import dev.pocketflow.Store;
import dev.pocketflow.internal.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

/**
 * The outcome of an invocation as JSON.
 *
 * @param status the HTTP status that says the same: 200 completed, 202 handed over, 500 failed
 * @param json the outcome
 * @param message of the failure; null where there is none
 */
record Answer(int status, byte[] json, String message) {

    boolean failed() {
        return status == 500;
    }

    /** @param maxDepth of an envelope: an answer takes no store that a hand-over would not */
    static Answer completed(Run run, Outcome.Completed outcome, int maxDepth) {
        Map<String, Object> answer = head("completed", run.id());
        answer.put("action", outcome.action());
        try {
            Answer whole = of(run, 200, answer, null, outcome.store());
            Unwritable.check(whole.json, outcome.store(), maxDepth);
            return whole;
        } catch (FlowException.BadValue unwritable) { // it fails the run, and the answer goes without the store
            return withoutStore(run, unwritable.getClass(), unwritable.getMessage());
        } catch (RuntimeException | StackOverflowError unwritable) {
            return withoutStore(run, unwritable.getClass(), "the store cannot be written: " + unwritable.getClass().getName());
        }
    }

    /** @param parked the envelope to resume with; null where there is none */
    static Answer failed(Run run, Outcome.Failed outcome, Parcel.Failure failure, byte[] parked) {
        Map<String, Object> answer = head("failed", run.id());
        answer.put("failure", failure(failure));
        if (parked != null) {
            answer.put("envelope", raw(parked));
        }
        try {
            return of(run, 500, answer, failure.message(), outcome.store());
        } catch (RuntimeException | StackOverflowError unwritable) { // the envelope's problem too, which was logged
            answer.put("path", path(run));
            return new Answer(500, json(answer), failure.message());
        }
    }

    private static Answer of(Run run, int status, Map<String, Object> head, String message, Store store) {
        return new Answer(status, OutcomeJson.object(json -> {
            OutcomeJson.members(json, head);
            OutcomeJson.store(json, store);
            OutcomeJson.path(json, run.path(), StandIns.since(run.usage()));
            OutcomeJson.usage(json, run.usage());
        }), message);
    }

    /** @param token of a suspended run; else null */
    static Answer left(Dispatch.Packed packed, String token) {
        Map<String, Object> answer = left(packed.parcel().envelope(), packed.to(), packed.signal(), packed.cancel());
        if (token != null) {
            answer.put("token", token);
        } else if (packed.route() == Dispatch.Route.CALLER) {
            answer.put("envelope", raw(packed.body()));
        }
        return new Answer(202, json(answer), null);
    }

    /** {@return how many bytes there are around the envelope in the answer that hands it to the caller} */
    static int around(Envelope envelope, String flow, String cancel) {
        Map<String, Object> answer = left(envelope, flow, null, cancel);
        answer.put("envelope", raw(new byte[0]));
        return json(answer).length;
    }

    private static Map<String, Object> left(Envelope envelope, String flow, String signal, String cancel) {
        Map<String, Object> answer = head(signal == null ? "handed-over" : "suspended", envelope.run());
        answer.put("flow", flow);
        answer.put("hop", envelope.hop());
        if (signal != null) {
            answer.put("signal", signal);
        }
        if (envelope.until() != null) {
            answer.put("until", envelope.until().toString());
        }
        List<String> standIns = StandIns.used(envelope.usage());
        if (!standIns.isEmpty()) {
            answer.put("standIns", standIns);
        }
        if (cancel != null) {
            answer.put("cancel", cancel);
        }
        return answer;
    }

    /** What is recorded, answered again. */
    static Answer again(byte[] recorded) {
        try {
            JsonNode answer = Json.MAPPER.readTree(recorded);
            return switch (answer.path("status").asText()) {
                case "completed" -> new Answer(200, recorded, null);
                case "failed" -> new Answer(500, recorded, answer.path("failure").path("message").asText());
                default -> new Answer(202, recorded, null);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger has an outcome that is not JSON", e);
        }
    }

    /** {@return the answer; where that has more bytes than can be kept, without its largest parts} */
    byte[] recorded(int limit) {
        if (json.length <= limit) {
            return json;
        }
        try {
            ObjectNode small = (ObjectNode) Json.MAPPER.readTree(json);
            small.remove(List.of("store", "path", "envelope"));
            return Json.MAPPER.writeValueAsBytes(small);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return a recorded outcome without its largest parts; null where it cannot go without, as it has the run, or a token}
     */
    static byte[] withoutStore(byte[] recorded) {
        try {
            if (Json.MAPPER.readTree(recorded) instanceof ObjectNode outcome && !outcome.has("envelope")
                    && !outcome.has("token")) {
                outcome.remove(List.of("store", "path"));
                return Json.MAPPER.writeValueAsBytes(outcome);
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** @param failure an {@link EnvelopeRefused}, or what kept it from being told */
    static Answer refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof BadEvent event) {
            return new Answer(event.status(), problem(event), event.getMessage());
        }
        EnvelopeRefused refused = cause instanceof EnvelopeRefused envelope ? envelope
                : new EnvelopeRefused(Reason.MALFORMED, cause.getClass().getName());
        int status = refused.reason().status();
        return new Answer(status, problem(status, refused.reason().name(), refused.getMessage()), refused.getMessage());
    }

    static Answer cancelling(String run) {
        Map<String, Object> answer = head("cancelling", run);
        answer.put("message",
                "the run is parked before its next step. One that waits, or is suspended, is parked when it goes on: "
                        + "no function has it until then");
        return new Answer(202, json(answer), null);
    }

    private static Map<String, Object> head(String status, String run) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", status);
        answer.put("run", run);
        return answer;
    }

    private static RawValue raw(byte[] json) {
        return new RawValue(new String(json, StandardCharsets.UTF_8));
    }

    /** A run that ended without an outcome. */
    static Answer brokenDown(Run run, Throwable cause) {
        return withoutStore(run, cause.getClass(), "the run broke down: " + cause.getClass().getName());
    }

    private static Answer withoutStore(Run run, Class<?> type, String problem) {
        String message = "flow '" + run.flow().name() + "': " + problem;
        Map<String, Object> answer = head("failed", run.id());
        answer.put("failure", failure(run.flow().name(), null, type.getName(), message));
        answer.put("path", path(run));
        return new Answer(500, json(answer), message);
    }

    /** Problem details (RFC 9457). */
    static byte[] problem(BadEvent event) {
        return problem(event.status(), switch (event.status()) {
            case 406 -> "Not Acceptable";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            default -> "Bad Request";
        }, event.getMessage());
    }

    static byte[] problem(int status, String title, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("status", status);
        problem.put("title", title);
        problem.put("detail", detail);
        return json(problem);
    }

    static byte[] json(Map<String, Object> values) {
        try {
            return Json.MAPPER.writeValueAsBytes(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON-shaped: the values of " + values.keySet(), e);
        }
    }

    private static Map<String, Object> failure(Parcel.Failure failure) {
        Map<String, Object> members = failure(failure.flow(), failure.node(), failure.type(), failure.message());
        members.put("at", failure.at().toString());
        if (failure.item() >= 0) {
            members.put("item", failure.item());
        }
        if (!failure.attempts().isEmpty()) {
            members.put("attempts", failure.attempts().stream().map(each -> Map.of("attempt", each.number(), "at",
                    each.failed().toString(), "error", each.error())).toList());
        }
        return members;
    }

    private static Map<String, Object> failure(String flow, String node, String type, String message) {
        Map<String, Object> failure = new LinkedHashMap<>();
        failure.put("flow", flow);
        failure.put("node", node);
        failure.put("type", type);
        failure.put("message", message);
        return failure;
    }

    private static List<Map<String, Object>> path(Run run) {
        return run.path().stream().map(Answer::step).toList();
    }

    static Map<String, Object> step(StepEvent.Finished step) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("flow", step.flow());
        entry.put("node", step.node());
        entry.put(step.error() == null ? "action" : "error", step.error() == null ? step.action() : step.error());
        entry.put("ms", OutcomeJson.millis(step));
        entry.put("attempts", step.attempts());
        return entry;
    }
}
