package dev.pocketflow.cloud.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.LambdaException;
import dev.pocketflow.cloud.invocation.LambdaInvocation;
import dev.pocketflow.testing.http.LoopbackServer;

/** The Invoke call of the Lambda API (2015-03-31), as the AWS SDKs and CLI send it. Signatures are not checked. */
final class InvokeApi implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");

    private final LocalLambda lambda;
    private final LoopbackServer server;

    InvokeApi(int port, LocalLambda lambda) {
        this.lambda = lambda;
        server = LoopbackServer.start(port, "lambda-invoke-api", this::handle);
    }

    String endpoint() {
        return "http://" + server.authority();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            invoke(exchange);
        } catch (LambdaException e) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", e.type());
            send(exchange, e.status(), JsonNodeFactory.instance.objectNode().put("Type", "User").put("Message", e.getMessage())
                    .toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void invoke(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches() || !exchange.getRequestMethod().equals("POST")) {
            throw new LambdaException(404, "UnknownOperationException",
                    "Only POST /2015-03-31/functions/{name}/invocations is served here");
        }
        Headers headers = exchange.getRequestHeaders();
        String type = headers.getFirst("X-Amz-Invocation-Type");
        byte[] body = LoopbackServer.body(exchange, LambdaError.SYNC_BYTES);
        LambdaInvocation invocation = LambdaInvocation.of(body == null ? new byte[LambdaError.SYNC_BYTES + 1] : body,
                headers.getFirst("X-Amzn-Trace-Id"), headers.getFirst("X-Amz-Client-Context"));
        exchange.getResponseHeaders().set("x-amzn-RequestId", invocation.requestId());
        switch (type == null ? "RequestResponse" : type) {
            case "RequestResponse" -> answer(exchange, lambda.sync(path.group(1), invocation));
            case "Event" -> {
                lambda.async(path.group(1), invocation);
                send(exchange, 202, new byte[0]);
            }
            case "DryRun" -> {
                lambda.check(path.group(1), invocation);
                send(exchange, 204, new byte[0]);
            }
            default -> throw new LambdaException(400, "InvalidParameterValueException", "Unknown invocation type: " + type);
        }
    }

    private static void answer(HttpExchange exchange, CompletableFuture<InvokeResult> pending)
            throws IOException {
        InvokeResult result;
        try {
            result = pending.join();
        } catch (CompletionException e) {
            throw new LambdaException(500, "ServiceException", e.getCause().getMessage());
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("X-Amz-Executed-Version", "$LATEST");
        if (result.failed()) {
            headers.set("X-Amz-Function-Error", result.functionError());
        }
        if ("Tail".equals(exchange.getRequestHeaders().getFirst("X-Amz-Log-Type"))) {
            headers.set("X-Amz-Log-Result",
                    Base64.getEncoder().encodeToString(result.logTail().getBytes(StandardCharsets.UTF_8)));
        }
        send(exchange, 200, result.payload().getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        LoopbackServer.answer(exchange, status, "application/json", body);
    }
}
