package dev.pocketflow.cloud.url;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.LambdaException;
import dev.pocketflow.cloud.invocation.LambdaInvocation;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.testing.http.LoopbackServer;

/**
 * The URL of a function, without authentication (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html">Invoking Lambda function URLs</a>). A request is an
 * event in payload format 2.0. The answer is the function's if it has a {@code statusCode}; any other one is a body of JSON. An
 * error of the function is 502. Answers are not streamed. Thread-safe.
 */
public final class FunctionUrl implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The media types whose bodies are texts in an event. */
    private static final Pattern TEXT = Pattern.compile("text/.*|application/(.*\\+)?(json|xml|javascript).*");

    private final LocalLambda lambda;
    private final String function;
    private final LoopbackServer server;

    private FunctionUrl(LocalLambda lambda, String function, int port) {
        this.lambda = lambda;
        this.function = function;
        this.server = LoopbackServer.start(port, "lambda-url-" + function, this::handle);
    }

    /**
     * Opens the URL of a function.
     *
     * @param port 0 for a free one
     */
    public static FunctionUrl open(LocalLambda lambda, String function, int port) {
        return new FunctionUrl(lambda, function, port);
    }

    /** {@return the URL} */
    public URI uri() {
        return URI.create("http://" + server.authority() + "/");
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = LoopbackServer.body(exchange, LambdaError.SYNC_BYTES);
        if (body == null) {
            refuse(exchange, 413, "Request Too Long");
            return;
        }
        try {
            LambdaInvocation invocation = LambdaInvocation.of(JSON.writeValueAsBytes(event(exchange, body)),
                    exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id"), null);
            InvokeResult result = lambda.sync(function, invocation).join();
            exchange.getResponseHeaders().set("x-amzn-RequestId", result.requestId());
            if (result.failed()) {
                refuse(exchange, 502, "Internal Server Error");
            } else {
                answer(exchange, result.payload());
            }
        } catch (LambdaException e) {
            refuse(exchange, e.status(), e.getMessage());
        } catch (CompletionException e) {
            refuse(exchange, 500, "Internal Server Error");
        }
    }

    private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
        LoopbackServer.answer(exchange, status, "application/json",
                JSON.writeValueAsBytes(Map.of("Message", message)));
    }

    private Map<String, Object> event(HttpExchange exchange, byte[] body) {
        URI uri = exchange.getRequestURI();
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        boolean text = TEXT.matcher(headers.getOrDefault("content-type", "text/plain").toLowerCase(Locale.ROOT)).matches();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "2.0");
        event.put("routeKey", "$default");
        event.put("rawPath", uri.getRawPath());
        event.put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
        event.put("headers", headers);
        if (uri.getQuery() != null) {
            event.put("queryStringParameters", query(uri.getQuery()));
        }
        event.put("requestContext", context(exchange, headers.getOrDefault("user-agent", "")));
        if (body.length > 0) {
            event.put("body", text ? new String(body, StandardCharsets.UTF_8) : Base64.getEncoder().encodeToString(body));
        }
        event.put("isBase64Encoded", !text && body.length > 0);
        return event;
    }

    private static Map<String, String> query(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String each : query.split("&")) {
            String[] pair = each.split("=", 2);
            parameters.merge(pair[0], pair.length == 2 ? pair[1] : "", (one, other) -> one + "," + other);
        }
        return parameters;
    }

    private Map<String, Object> context(HttpExchange exchange, String agent) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("accountId", "anonymous");
        context.put("apiId", function);
        context.put("domainName", server.authority());
        context.put("http", Map.of("method", exchange.getRequestMethod(), "path", exchange.getRequestURI().getRawPath(),
                "protocol", exchange.getProtocol(), "sourceIp", "127.0.0.1", "userAgent", agent));
        context.put("requestId", UUID.randomUUID().toString());
        context.put("routeKey", "$default");
        context.put("stage", "$default");
        return context;
    }

    private static void answer(HttpExchange exchange, String payload) throws IOException {
        JsonNode answer = parse(payload);
        if (!answer.path("statusCode").isInt()) {
            LoopbackServer.answer(exchange, 200, "application/json", payload.getBytes(StandardCharsets.UTF_8));
            return;
        }
        String text = answer.path("body").asText("");
        byte[] body = answer.path("isBase64Encoded").asBoolean() ? Base64.getDecoder().decode(text)
                : text.getBytes(StandardCharsets.UTF_8);
        answer.path("headers").fields()
                .forEachRemaining(each -> exchange.getResponseHeaders().put(each.getKey(), List.of(each.getValue().asText())));
        String type = exchange.getResponseHeaders().getFirst("Content-Type");
        LoopbackServer.answer(exchange, answer.path("statusCode").asInt(), type == null ? "application/json" : type,
                exchange.getRequestMethod().equals("HEAD") ? new byte[0] : body);
    }

    private static JsonNode parse(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            return JSON.nullNode();
        }
    }
}
