package dev.pocketflow.quarkus.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.internal.Json;
import dev.pocketflow.quarkus.internal.Recorder.Reply;
import dev.pocketflow.quarkus.internal.Recorder.Request;

/**
 * The way to a service of AWS, where answers can get lost: what was asked is done all the same. Refused conditions return the
 * item, as DynamoDB's do and those of the local one do not.
 */
final class Line implements AutoCloseable {

    private static final String TARGET = "X-amz-target";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI service;
    private final Recorder recorder = new Recorder(this::answer);
    private final AtomicInteger lost = new AtomicInteger();
    private volatile Predicate<Request> losing = request -> false;
    private volatile boolean silent;
    private volatile Runnable beforeRead = () -> {
    };

    Line(URI service) {
        this.service = service;
    }

    String url() {
        return recorder.url();
    }

    /** The next so many answers. */
    void loseAnswers(int number) {
        AtomicInteger left = new AtomicInteger(number);
        losing = request -> left.getAndDecrement() > 0;
    }

    /** The next answer to an action. */
    void loseAnswers(String action) {
        AtomicInteger left = new AtomicInteger(1);
        losing = request -> request.header(TARGET).endsWith("." + action) && left.getAndDecrement() > 0;
    }

    /** From now on, a refusal does not tell what stood in the way. */
    void tellNoItems() {
        silent = true;
    }

    /** Actions of others before the next item is read. */
    void beforeTheNextRead(Runnable work) {
        AtomicInteger left = new AtomicInteger(1);
        beforeRead = () -> {
            if (left.getAndDecrement() > 0) {
                work.run();
            }
        };
    }

    int lost() {
        return lost.get();
    }

    int calls() {
        return recorder.requests.size();
    }

    Request last() {
        return recorder.requests.get(recorder.requests.size() - 1);
    }

    /** Sends a request, as it was. */
    Reply send(Request request) {
        return send(request.header(TARGET), request, request.body());
    }

    private Reply send(String target, Request request, byte[] body) {
        HttpRequest.Builder copy = HttpRequest.newBuilder(service).header(TARGET, target)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : List.of("Content-type", "Authorization", "X-amz-date")) {
            copy.header(header, request.header(header));
        }
        try {
            HttpResponse<byte[]> response = http.send(copy.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), Map.of("Content-Type", "application/x-amz-json-1.0"), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Reply answer(Request request) {
        if (request.header(TARGET).endsWith(".GetItem")) {
            beforeRead.run();
        }
        Reply reply = send(request);
        if (losing.test(request)) {
            lost.incrementAndGet();
            return null;
        }
        return silent || reply.status() != 400 ? reply : withItem(request, reply);
    }

    private Reply withItem(Request request, Reply refusal) {
        JsonNode asked = json(request.body());
        ObjectNode told = json(refusal.body());
        if (!told.path("__type").asText().endsWith("#ConditionalCheckFailedException")
                || !asked.path("ReturnValuesOnConditionCheckFailure").asText().equals("ALL_OLD")) {
            return refusal;
        }
        ObjectNode read = Json.MAPPER.createObjectNode().put("ConsistentRead", true);
        read.set("TableName", asked.path("TableName"));
        read.set("Key", asked.path("Key"));
        JsonNode item = json(send(request.header(TARGET).replace("UpdateItem", "GetItem"), request,
                read.toString().getBytes(UTF_8)).body()).path("Item");
        if (item.isObject()) {
            told.set("Item", item);
        }
        return Reply.of(refusal.status(), told.toString());
    }

    private static ObjectNode json(byte[] body) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        recorder.close();
    }
}
