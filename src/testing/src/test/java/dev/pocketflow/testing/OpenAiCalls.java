package dev.pocketflow.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A plain HTTP client, for tests of the bytes on the wire. */
public final class OpenAiCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private OpenAiCalls() {
    }

    public static HttpRequest.Builder request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofMinutes(2));
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public static HttpResponse<String> get(String uri) throws IOException, InterruptedException {
        return send(request(uri).header("Authorization", "Bearer key"));
    }

    public static HttpResponse<String> post(String uri, String body) throws IOException, InterruptedException {
        return send(request(uri).header("Authorization", "Bearer key").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    /** The data of a stream's events. */
    public static List<String> events(HttpResponse<String> response) {
        return List.of(response.body().split("\n\n")).stream().map(event -> {
            if (!event.startsWith("data: ") || event.contains("\n")) {
                throw new AssertionError("Not one line of data: " + event);
            }
            return event.substring("data: ".length());
        }).toList();
    }

    public static String chat(String userMessage) {
        return chat(userMessage, "");
    }

    /** A chat request with further JSON members, such as {@code ,"stream":true}. */
    public static String chat(String userMessage, String more) {
        return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind\"},"
                + "{\"role\":\"user\",\"content\":" + JSON.getNodeFactory().textNode(userMessage) + "}]" + more + "}";
    }
}
