package dev.pocketflow.cloud.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.LambdaInvocation;
import dev.pocketflow.cloud.invocation.LambdaInvocation.RuntimeAnswer;
import dev.pocketflow.testing.http.LoopbackServer;

/**
 * The Lambda Runtime API (2018-06-01) of one execution environment. A runtime takes one event after another and answers each.
 * Each environment has its own instance, as on Lambda, so that a killed process cannot take the next one's event.
 */
final class RuntimeApi implements AutoCloseable {

    private static final String RUNTIME = "/2018-06-01/runtime/";
    private static final String INVOCATION = RUNTIME + "invocation/";

    private final String functionArn;
    private final Duration timeout;
    private final LoopbackServer server;
    private final CompletableFuture<RuntimeAnswer> initError = new CompletableFuture<>();

    private CompletableFuture<Long> polled = new CompletableFuture<>();
    private CompletableFuture<LambdaInvocation> poll;
    private LambdaInvocation current;

    RuntimeApi(int port, String functionArn, Duration timeout) {
        this.functionArn = functionArn;
        this.timeout = timeout;
        server = LoopbackServer.start(port, "lambda-runtime-api", this::handle);
    }

    /** The value of AWS_LAMBDA_RUNTIME_API. */
    String authority() {
        return server.authority();
    }

    /** Completed, with the {@link System#nanoTime()}, as soon as the runtime waits for an event. */
    synchronized CompletableFuture<Long> polled() {
        return polled;
    }

    /** Completed when the runtime reports that it cannot start. */
    CompletableFuture<RuntimeAnswer> initError() {
        return initError;
    }

    /** Gives the event to the runtime, which must have {@link #polled()}. */
    synchronized void offer(LambdaInvocation invocation) {
        current = invocation;
        polled = new CompletableFuture<>();
        poll.complete(invocation);
        poll = null;
    }

    /** Refuses answers for the current event from now on. */
    synchronized void withdraw() {
        current = null;
    }

    @Override
    public void close() {
        cancelPoll();
        server.close();
    }

    private synchronized void cancelPoll() {
        if (poll != null) {
            poll.cancel(false);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String call = exchange.getRequestMethod() + " " + path;
        if (call.equals("GET " + INVOCATION + "next")) {
            next(exchange);
        } else if (call.equals("POST " + RUNTIME + "init/error")) {
            initError.complete(new RuntimeAnswer(error(exchange), true));
            send(exchange, 202, JsonNodeFactory.instance.objectNode().put("status", "OK"));
        } else if (call.startsWith("POST " + INVOCATION) && path.endsWith("/response")) {
            byte[] body = LoopbackServer.body(exchange, LambdaError.SYNC_BYTES);
            RuntimeAnswer answer = body == null ? LambdaError.responseTooLarge() : new RuntimeAnswer(body, false);
            answer(exchange, path, "/response", answer, body == null ? 413 : 202);
        } else if (call.startsWith("POST " + INVOCATION) && path.endsWith("/error")) {
            answer(exchange, path, "/error", new RuntimeAnswer(error(exchange), true), 202);
        } else {
            send(exchange, 404, error("InvalidRequest", "Unknown call: " + call));
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        CompletableFuture<LambdaInvocation> mine = register();
        LambdaInvocation invocation;
        try {
            invocation = mine.join();
        } catch (CancellationException e) {
            return; // a newer call took its place, or the environment is closed
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + timeout.toMillis()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        headers.set("Lambda-Runtime-Trace-Id", invocation.trace().header());
        if (invocation.clientContext() != null) {
            headers.set("Lambda-Runtime-Client-Context", invocation.clientContext());
        }
        LoopbackServer.answer(exchange, 200, "application/json", invocation.payload());
    }

    /** Registers a call. The newest one counts: an older one belongs to a dead process or was given up by its runtime. */
    private synchronized CompletableFuture<LambdaInvocation> register() {
        cancelPoll();
        poll = new CompletableFuture<>();
        polled.complete(System.nanoTime());
        return poll;
    }

    private void answer(HttpExchange exchange, String path, String end, RuntimeAnswer answer, int status) throws IOException {
        String id = path.substring(INVOCATION.length(), path.length() - end.length());
        LambdaInvocation invocation = claim(id);
        if (invocation == null) {
            send(exchange, 400, error("InvalidRequestID", "Invalid request ID"));
            return;
        }
        // Before the runtime's call returns: from then on its work is not part of this invocation.
        invocation.answer().complete(answer);
        send(exchange, status, status == 202 ? JsonNodeFactory.instance.objectNode().put("status", "OK")
                : error("RequestEntityTooLarge",
                        "Exceeded maximum allowed payload size (" + LambdaError.SYNC_BYTES + " bytes)."));
    }

    private synchronized LambdaInvocation claim(String requestId) {
        if (current == null || !current.requestId().equals(requestId)) {
            return null;
        }
        LambdaInvocation invocation = current;
        current = null;
        return invocation;
    }

    /** The reported error; if the body is empty, the error of its header. */
    private static byte[] error(HttpExchange exchange) throws IOException {
        byte[] body = LoopbackServer.body(exchange, LambdaError.SYNC_BYTES);
        if (body == null) {
            return LambdaError.responseTooLarge().payload();
        }
        String type = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
        return body.length > 0 ? body
                : JsonNodeFactory.instance.objectNode().put("errorType", type == null ? "Runtime.Unknown" : type)
                        .toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode error(String type, String message) {
        return JsonNodeFactory.instance.objectNode().put("errorMessage", message).put("errorType", type);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        LoopbackServer.answer(exchange, status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
