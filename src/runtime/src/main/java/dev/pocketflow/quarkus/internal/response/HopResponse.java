package dev.pocketflow.quarkus.internal.response;

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
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.envelope.UnwritableValue;

/**
 * The outcome of an invocation as JSON.
 *
 * @param status the HTTP status: 200 completed, 202 handed over, 500 failed
 * @param json the outcome
 * @param message the message of the failure; null without one
 */
public record HopResponse(int status, byte[] json, String message) {

    public boolean failed() {
        return status == 500;
    }

    /** {@return the run's ULID} */
    public String run() {
        try {
            return Json.MAPPER.readTree(json).path("run").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param maxDepth the limit of an envelope: an answer accepts only a store that a hand-over would accept */
    public static HopResponse completed(Run run, Outcome.Completed outcome, int maxDepth, AnswerView view) {
        Map<String, Object> answer = head("completed", run.id());
        answer.put("action", outcome.action());
        try {
            HopResponse whole = of(run, 200, answer, null, outcome.store(), view);
            UnwritableValue.check(whole.json, outcome.store(), maxDepth);
            return whole;
        } catch (FlowException.BadValue unwritable) { // the run fails, and the answer is sent without the store
            return withoutStore(run, unwritable.getClass(), unwritable.getMessage(), view);
        } catch (RuntimeException | StackOverflowError unwritable) {
            return withoutStore(run, unwritable.getClass(), "the store cannot be written: " + unwritable.getClass().getName(),
                    view);
        }
    }

    /** @param parked the envelope to resume with; null without one */
    public static HopResponse failed(Run run, Outcome.Failed outcome, HopMessage.Failure failure, byte[] parked,
            AnswerView view) {
        Map<String, Object> answer = head("failed", run.id());
        answer.put("failure", failure(failure));
        if (parked != null) {
            answer.put("envelope", raw(parked));
        }
        try {
            return of(run, 500, answer, failure.message(), outcome.store(), view);
        } catch (RuntimeException | StackOverflowError unwritable) { // the problem of the envelope as well, which was logged
            putPath(answer, run, view);
            return new HopResponse(500, json(answer), failure.message());
        }
    }

    /** {@return the members that tell of a failed run, without its store} */
    public static Map<String, Object> failed(String run, HopMessage.Failure failure) {
        Map<String, Object> answer = head("failed", run);
        answer.put("failure", failure(failure.flow(), failure.node(), failure.type(), failure.message()));
        return answer;
    }

    private static HopResponse of(Run run, int status, Map<String, Object> head, String message, Store store,
            AnswerView view) {
        return new HopResponse(status, OutcomeWriter.object(json -> {
            OutcomeWriter.members(json, head);
            OutcomeWriter.store(json, view.of(store), store);
            if (view.path()) {
                OutcomeWriter.path(json, run.path(), StandIns.since(run.usage()));
            }
            OutcomeWriter.usage(json, run.usage());
        }), message);
    }

    /**
     * Makes the answer of a run that has left this invocation.
     *
     * @param to the flow that resumes
     * @param signal the signal that the run waits for; null if it is not suspended
     * @param cancel the token that cancels the run; null without one
     * @param token the token of a suspended run; otherwise null
     * @param sealed the envelope, if the caller must send it on; otherwise null
     */
    public static HopResponse left(Envelope envelope, String to, String signal, String cancel, String token, byte[] sealed) {
        Map<String, Object> answer = left(envelope, to, signal, cancel);
        if (token != null) {
            answer.put("token", token);
        } else if (sealed != null) {
            answer.put("envelope", raw(sealed));
        }
        return new HopResponse(202, json(answer), null);
    }

    /** Makes the answer of a run that continues on other threads. @param cancel the token that cancels it; null without one */
    public static HopResponse detached(String run, String flow, String cancel) {
        Map<String, Object> answer = head("handed-over", run);
        answer.put("flow", flow);
        answer.put("hop", 0);
        if (cancel != null) {
            answer.put("cancel", cancel);
        }
        return new HopResponse(202, json(answer), null);
    }

    /** {@return the number of bytes around the envelope in the answer that hands it to the caller} */
    public static int around(Envelope envelope, String flow, String cancel) {
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

    /** Makes the answer of a recorded outcome again. */
    public static HopResponse again(byte[] recorded) {
        try {
            JsonNode answer = Json.MAPPER.readTree(recorded);
            return switch (answer.path("status").asText()) {
                case "completed" -> new HopResponse(200, recorded, null);
                case "failed" -> new HopResponse(500, recorded, answer.path("failure").path("message").asText());
                default -> new HopResponse(202, recorded, null);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger has an outcome that is not JSON", e);
        }
    }

    /** {@return the answer; without its largest parts if it has more bytes than can be recorded} */
    public byte[] recorded(int limit) {
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

    /** @param failure an {@link EnvelopeRefused}, or the failure that prevented it */
    public static HopResponse refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof BadEvent event) {
            return new HopResponse(event.status(), problem(event), event.getMessage());
        }
        EnvelopeRefused refused = cause instanceof EnvelopeRefused envelope ? envelope
                : new EnvelopeRefused(Reason.MALFORMED, cause.getClass().getName());
        int status = refused.reason().status();
        return new HopResponse(status, problem(status, refused.reason().name(), refused.getMessage()), refused.getMessage());
    }

    public static HopResponse cancelling(String run) {
        Map<String, Object> answer = head("cancelling", run);
        answer.put("message",
                "the run is parked before its next step. A run that waits or is suspended is parked when it resumes: no "
                        + "function has it until then");
        return new HopResponse(202, json(answer), null);
    }

    /** {@return the first members of an answer} */
    public static Map<String, Object> head(String status, String run) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", status);
        answer.put("run", run);
        return answer;
    }

    private static RawValue raw(byte[] json) {
        return new RawValue(new String(json, StandardCharsets.UTF_8));
    }

    /** Makes the answer of a run that ended without an outcome. */
    public static HopResponse brokenDown(Run run, Throwable cause, AnswerView view) {
        return withoutStore(run, cause.getClass(), "the run ended without an outcome: " + cause.getClass().getName(), view);
    }

    private static HopResponse withoutStore(Run run, Class<?> type, String problem, AnswerView view) {
        String message = "flow '" + run.flow().name() + "': " + problem;
        Map<String, Object> answer = head("failed", run.id());
        answer.put("failure", failure(run.flow().name(), null, type.getName(), message));
        putPath(answer, run, view);
        return new HopResponse(500, json(answer), message);
    }

    /** Writes problem details (RFC 9457). The member {@code errors} has the form of the example in its section 3. */
    public static byte[] problem(BadEvent event) {
        Map<String, Object> problem = details(event.status(), switch (event.status()) {
            case 406 -> "Not Acceptable";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            default -> "Bad Request";
        }, event.getMessage());
        if (!event.faults().isEmpty()) {
            problem.put("errors", event.faults().stream().map(HopResponse::error).toList());
        }
        return json(problem);
    }

    private static Map<String, Object> error(BadEvent.Fault fault) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("pointer", fault.pointer());
        error.put("detail", fault.problem());
        return error;
    }

    public static byte[] problem(int status, String title, String detail) {
        return json(details(status, title, detail));
    }

    private static Map<String, Object> details(int status, String title, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("status", status);
        problem.put("title", title);
        problem.put("detail", detail);
        return problem;
    }

    public static byte[] json(Map<String, Object> values) {
        try {
            return Json.MAPPER.writeValueAsBytes(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON-shaped: the values of " + values.keySet(), e);
        }
    }

    private static Map<String, Object> failure(HopMessage.Failure failure) {
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

    private static void putPath(Map<String, Object> answer, Run run, AnswerView view) {
        if (view.path()) {
            answer.put("path", run.path().stream().map(HopResponse::step).toList());
        }
    }

    public static Map<String, Object> step(RunEvent.StepFinished step) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("flow", step.flow());
        entry.put("node", step.node());
        entry.put(step.error().isEmpty() ? "action" : "error", step.error().or(step::action).orElse(null));
        entry.put("ms", OutcomeWriter.millis(step));
        entry.put("attempts", step.attempts());
        return entry;
    }
}
