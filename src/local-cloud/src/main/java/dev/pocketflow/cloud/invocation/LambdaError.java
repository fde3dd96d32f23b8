package dev.pocketflow.cloud.invocation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.cloud.invocation.LambdaInvocation.RuntimeAnswer;

/** The payloads that Lambda itself makes when a function does not answer. */
public final class LambdaError {

    /** The largest event and response of a synchronous invocation. */
    public static final int SYNC_BYTES = 6 << 20;
    /** The largest event of an asynchronous one. */
    public static final int ASYNC_BYTES = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private LambdaError() {
    }

    public static RuntimeAnswer timedOut(String requestId, Duration timeout) {
        return of(requestId, "Sandbox.Timedout",
                String.format(Locale.ROOT, "Task timed out after %.2f seconds", timeout.toMillis() / 1000.0));
    }

    public static RuntimeAnswer neverPolled(String requestId, Duration timeout) {
        return of(requestId, "Sandbox.Timedout", String.format(Locale.ROOT,
                "The runtime did not ask for the event within %.2f seconds", timeout.toMillis() / 1000.0));
    }

    /** The error of a process that ended. The JVM reports a process killed by a signal as 128 plus the signal's number. */
    public static RuntimeAnswer exited(String requestId, int status) {
        return of(requestId, "Runtime.ExitError", status == 0 ? "Runtime exited without providing a reason"
                : "Runtime exited with error: " + (status == 137 ? "signal: killed" : "exit status " + status));
    }

    public static RuntimeAnswer notStarted(String requestId, String reason) {
        return of(requestId, "Runtime.InvalidEntrypoint", reason);
    }

    /** The error of a handler that threw an exception, as Lambda's Java runtime reports it. */
    public static RuntimeAnswer thrown(Throwable failure) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("errorMessage", failure.getMessage()).put("errorType",
                failure.getClass().getName());
        ArrayNode stack = json.putArray("stackTrace");
        for (StackTraceElement element : failure.getStackTrace()) {
            stack.add(element.toString());
        }
        return answer(json);
    }

    /** The error of an event that did not reach the function. */
    public static RuntimeAnswer notAsked(String requestId, String condition, String reason) {
        return of(requestId, condition, reason);
    }

    /** The name of a failure, {@code Unhandled} when it has none. */
    public static String type(InvokeResult failed) {
        return member(failed, "errorType", failed.functionError());
    }

    /** The message of a failure; its whole payload if that is not in Lambda's form. */
    public static String message(InvokeResult failed) {
        return member(failed, "errorMessage", failed.payload());
    }

    private static String member(InvokeResult failed, String name, String otherwise) {
        try {
            return JSON.readTree(failed.payload()).path(name).asText(otherwise);
        } catch (JsonProcessingException e) {
            return otherwise;
        }
    }

    public static RuntimeAnswer responseTooLarge() {
        return answer("Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (" + SYNC_BYTES + " bytes).");
    }

    private static RuntimeAnswer of(String requestId, String type, String message) {
        return answer(type, "RequestId: " + requestId + " Error: " + message);
    }

    private static RuntimeAnswer answer(String type, String message) {
        return answer(JsonNodeFactory.instance.objectNode().put("errorType", type).put("errorMessage", message));
    }

    private static RuntimeAnswer answer(ObjectNode json) {
        return new RuntimeAnswer(json.toString().getBytes(StandardCharsets.UTF_8), true);
    }
}
