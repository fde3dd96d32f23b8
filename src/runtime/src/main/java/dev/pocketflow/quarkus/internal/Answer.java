package dev.pocketflow.quarkus.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;

import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.StepEvent;
import dev.pocketflow.internal.Json;
import dev.pocketflow.quarkus.BadEvent;

/**
 * The outcome of a run as JSON.
 *
 * @param completed whether the run did
 * @param json the outcome
 * @param message of the failure; null where there is none
 */
record Answer(boolean completed, byte[] json, String message) {

    static Answer of(Run run, Outcome outcome) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", status(outcome));
        answer.put("run", run.id());
        if (outcome instanceof Outcome.Completed completed) {
            answer.put("action", completed.action());
        }
        if (outcome instanceof Outcome.Failed failed) {
            answer.put("failure", failure(failed));
        }
        answer.put("store", outcome.store().asMap());
        answer.put("path", path(run));
        try {
            String message = outcome instanceof Outcome.Failed failed ? failed.failure().getMessage() : null;
            return new Answer(message == null, Json.MAPPER.writeValueAsBytes(answer), message);
        } catch (JsonProcessingException e) {
            return unwritable(run, e);
        }
    }

    /** A store that is not JSON-shaped fails the run, and the answer goes without it. */
    private static Answer unwritable(Run run, JsonProcessingException cause) {
        String where = cause instanceof JsonMappingException mapping ? mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName).filter(name -> name != null).skip(1).findFirst().orElse("?")
                : "?";
        String type = cause instanceof InvalidDefinitionException definition ? definition.getType().toCanonical() + " in " : "";
        return withoutStore(run, FlowException.BadValue.class, type + "the value of store key '" + where
                + "' cannot be written as JSON. Put only JSON-shaped values, or types that Jackson can write");
    }

    /** A run that ended without an outcome. */
    static Answer brokenDown(Run run, Throwable cause) {
        return withoutStore(run, cause.getClass(), "the run broke down: " + cause.getClass().getName());
    }

    private static Answer withoutStore(Run run, Class<?> type, String problem) {
        String message = "flow '" + run.flow().name() + "': " + problem;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", "failed");
        answer.put("run", run.id());
        answer.put("failure", failure(run.flow().name(), null, type.getName(), message));
        answer.put("path", path(run));
        return new Answer(false, json(answer), message);
    }

    /** Problem details (RFC 9457). */
    static byte[] problem(BadEvent event) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("status", event.status());
        problem.put("title", switch (event.status()) {
            case 406 -> "Not Acceptable";
            case 415 -> "Unsupported Media Type";
            default -> "Bad Request";
        });
        problem.put("detail", event.getMessage());
        return json(problem);
    }

    static byte[] json(Map<String, Object> values) {
        try {
            return Json.MAPPER.writeValueAsBytes(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON-shaped: the values of " + values.keySet(), e);
        }
    }

    static String status(Outcome outcome) {
        if (outcome instanceof Outcome.Completed) {
            return "completed";
        }
        if (outcome instanceof Outcome.HandedOver) {
            return "handed-over";
        }
        return outcome instanceof Outcome.Suspended ? "suspended" : "failed";
    }

    private static Map<String, Object> failure(Outcome.Failed failed) {
        FlowException failure = failed.failure();
        if (failure instanceof FlowException.StepFailed step) {
            return failure(step.flow(), step.node(), step.getCause().getClass().getName(), step.getMessage());
        }
        if (failure instanceof FlowException.Stopped stopped) {
            return failure(stopped.flow(), stopped.node(), stopped.getClass().getName(), stopped.getMessage());
        }
        return failure(failed.envelope().flow(), null, failure.getClass().getName(), failure.getMessage());
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
        entry.put("ms", step.nanos() / 1000 / 1e3);
        entry.put("attempts", step.attempts());
        return entry;
    }
}
