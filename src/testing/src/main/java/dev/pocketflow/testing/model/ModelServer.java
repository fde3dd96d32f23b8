package dev.pocketflow.testing.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

import dev.pocketflow.testing.http.LoopbackServer;
import dev.pocketflow.testing.script.ChatRequest;
import dev.pocketflow.testing.script.ModelScript;
import dev.pocketflow.testing.script.Reply;
import dev.pocketflow.testing.script.RuleBook;
import dev.pocketflow.testing.script.ScriptParser;

/**
 * The HTTP server of a scripted model: OpenAI's API, answered by a {@link RuleBook}, and the paths that {@link RemoteModel}
 * calls.
 */
public final class ModelServer implements ModelHandle {

    static final String BASE = "/v1";
    private static final System.Logger LOG = System.getLogger(ModelServer.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY_BYTES = 32 << 20;
    private static final int KEPT_REQUESTS = 1_000;

    private final RuleBook rules;
    private final Deque<ModelRequest> requests = new ArrayDeque<>();
    private final AtomicLong answers = new AtomicLong();
    private final LoopbackServer server;
    private volatile CountDownLatch reset = new CountDownLatch(1);

    public ModelServer(ModelScript script, int port) {
        rules = new RuleBook(script);
        server = LoopbackServer.start(port, "scripted-model", this::handle);
    }

    @Override
    public String baseUrl() {
        return "http://" + server.authority() + BASE;
    }

    @Override
    public List<ModelRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    @Override
    public void prepend(String yaml) {
        rules.prepend(ScriptParser.parse("prepended script", yaml));
    }

    @Override
    public void reset() {
        rules.reset();
        synchronized (requests) {
            requests.clear();
        }
        CountDownLatch holding = reset;
        reset = new CountDownLatch(1);
        holding.countDown();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(RemoteModel.PATH)) {
            control(exchange, path.substring(RemoteModel.PATH.length()));
            return;
        }
        JsonNode body = NullNode.instance;
        try {
            body = body(exchange);
            switch (checkedPath(exchange)) {
                case "/chat/completions" -> chat(exchange, body);
                case "/embeddings" -> {
                    ObjectNode embeddings = Embeddings.answer(required(body, "model", "input"));
                    record(exchange, body, 200, 0);
                    send(exchange, 200, embeddings);
                }
                default -> {
                    record(exchange, body, 200, 0);
                    send(exchange, 200, models());
                }
            }
        } catch (OpenAiError.Answered e) {
            record(exchange, body, e.error.status(), 0);
            send(exchange, e.error.status(), e.error.json());
        }
    }

    private static String checkedPath(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        String allowed = switch (path) {
            case BASE + "/chat/completions", BASE + "/embeddings" -> "POST";
            case BASE + "/models" -> "GET";
            default -> throw OpenAiError.unknownUrl(method, path).answered();
        };
        if (!method.equals(allowed)) {
            throw OpenAiError.wrongMethod(allowed).answered();
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !authorization.matches("Bearer\\s+\\S+")) {
            throw OpenAiError.noKey().answered();
        }
        return path.substring(BASE.length());
    }

    /** The request's JSON; null JSON without a body. */
    private static JsonNode body(HttpExchange exchange) throws IOException {
        byte[] body = LoopbackServer.body(exchange, MAX_BODY_BYTES);
        if (body == null) {
            throw OpenAiError.tooLarge().answered();
        }
        try {
            return body.length == 0 ? NullNode.instance : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw OpenAiError.unreadable().answered();
        }
    }

    private static JsonNode required(JsonNode body, String... keys) {
        if (!body.isObject()) {
            throw OpenAiError.unreadable().answered();
        }
        for (String key : keys) {
            if (!body.hasNonNull(key)) {
                throw OpenAiError.missing(key).answered();
            }
        }
        return body;
    }

    private void chat(HttpExchange exchange, JsonNode body) throws IOException {
        if (!required(body, "model", "messages").path("messages").path(0).isObject()) {
            throw OpenAiError.invalid("messages", "'messages' must be a list with at least one message.").answered();
        }
        ChatRequest request = ChatRequest.of(body);
        CountDownLatch end = reset;
        RuleBook.Choice choice = rules.choose(request);
        if (choice == null) {
            OpenAiError none = OpenAiError.noRule(rules.describe(), request.user());
            LOG.log(System.Logger.Level.WARNING, none.message()); // clients hide the server's answer
            throw none.answered();
        }
        int number = choice.rule().number();
        Reply reply = choice.rule().reply();
        if (reply instanceof Reply.Hang || reply instanceof Reply.Drop) {
            record(exchange, body, 0, number);
            hold(end, reply instanceof Reply.Hang hang ? hang.timeOrForever() : choice.rule().delay());
            return; // the exchange is then closed without an answer
        }
        record(exchange, body, reply instanceof Reply.Failure failure ? failure.status() : 200, number);
        if (!choice.rule().delay().isZero() && !hold(end, choice.rule().delay())) {
            return;
        }
        if (reply instanceof Reply.Failure failure) {
            fail(exchange, failure);
        } else if (reply instanceof Reply.Garbage garbage) {
            LoopbackServer.answer(exchange, 200, "text/html", garbage.body().getBytes(StandardCharsets.UTF_8));
        } else {
            ChatAnswer answer = ChatAnswer.of(reply, choice.template(), "chatcmpl-" + answers.incrementAndGet(),
                    System.currentTimeMillis() / 1000, body);
            if (request.stream()) {
                stream(exchange, answer.chunks(request.streamUsage()), choice.rule().tokensPerSecond());
            } else {
                send(exchange, 200, answer.whole());
            }
        }
    }

    /** Holds the request for the given time, or until the reset. Returns false if the server was closed meanwhile. */
    private static boolean hold(CountDownLatch end, Duration time) {
        try {
            end.await(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) { // as the server interrupts its threads when it is closed
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void fail(HttpExchange exchange, Reply.Failure failure) throws IOException {
        if (failure.retryAfter() != null) {
            OpenAiError.retryAfter(failure.retryAfter()).forEach(exchange.getResponseHeaders()::set);
        }
        OpenAiError error = OpenAiError.scripted(failure);
        send(exchange, error.status(), error.json());
    }

    private void stream(HttpExchange exchange, List<ObjectNode> chunks, double tokensPerSecond) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        Duration pace = tokensPerSecond == 0 ? Duration.ZERO : Duration.ofNanos((long) (1e9 / tokensPerSecond));
        OutputStream out = exchange.getResponseBody();
        for (ObjectNode chunk : chunks) {
            event(out, chunk.toString());
            if (!pace.isZero() && !server.pause(pace)) {
                return;
            }
        }
        event(out, "[DONE]");
        out.close();
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static JsonNode models() {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        list.putArray("data").addObject().put("id", "scripted").put("object", "model").put("created", 0)
                .put("owned_by", "pocketflow");
        return list;
    }

    private void control(HttpExchange exchange, String action) throws IOException {
        byte[] body = LoopbackServer.body(exchange, MAX_BODY_BYTES);
        try {
            switch (exchange.getRequestMethod() + " " + action) {
                case "GET requests" -> send(exchange, 200, JSON.valueToTree(requests()));
                case "POST rules" -> {
                    prepend(new String(body, StandardCharsets.UTF_8));
                    send(exchange, 200, NullNode.instance);
                }
                case "POST reset" -> {
                    reset();
                    send(exchange, 200, NullNode.instance);
                }
                default -> send(exchange, 404, NullNode.instance);
            }
        } catch (IllegalArgumentException e) {
            send(exchange, 400, JsonNodeFactory.instance.textNode(e.getMessage()));
        }
    }

    private void record(HttpExchange exchange, JsonNode body, int status, int rule) {
        synchronized (requests) {
            if (requests.size() == KEPT_REQUESTS) {
                requests.removeFirst();
            }
            requests.addLast(new ModelRequest(exchange.getRequestURI().getPath(), body, status, rule));
        }
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        LoopbackServer.answer(exchange, status, "application/json", JSON.writeValueAsBytes(body));
    }
}
