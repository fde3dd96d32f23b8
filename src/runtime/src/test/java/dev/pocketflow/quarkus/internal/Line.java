package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import dev.pocketflow.quarkus.internal.Recorder.Reply;
import dev.pocketflow.quarkus.internal.Recorder.Request;

/** The way to a service of AWS, where answers can get lost: what was asked is done all the same. */
final class Line implements AutoCloseable {

    private static final String TARGET = "X-amz-target";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI service;
    private final Recorder recorder = new Recorder(this::answer);
    private final AtomicInteger lost = new AtomicInteger();
    private volatile Predicate<Request> losing = request -> false;
    private volatile boolean silent;

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
        HttpRequest.Builder copy = HttpRequest.newBuilder(service)
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
        for (String header : List.of("Content-type", TARGET, "Authorization", "X-amz-date")) {
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
        Reply reply = send(request);
        if (losing.test(request)) {
            lost.incrementAndGet();
            return null;
        }
        return silent && reply.status() == 400
                ? Reply.of(400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\"}")
                : reply;
    }

    @Override
    public void close() {
        recorder.close();
    }
}
