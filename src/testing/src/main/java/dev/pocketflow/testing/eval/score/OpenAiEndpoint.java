package dev.pocketflow.testing.eval.score;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A client of OpenAI's HTTP API, for a judge and for embeddings. Thread-safe. Its messages show neither key nor texts. */
final class OpenAiEndpoint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** OpenAI's names of the units, and ours: those of the usage of a run. */
    private static final Map<String, String> UNITS = Map.of("prompt_tokens", "input-tokens", "completion_tokens",
            "output-tokens");

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;
    private final String model;
    private final String key;

    OpenAiEndpoint(String baseUrl, String model, String key) {
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
        this.model = model;
        this.key = key;
    }

    JudgeModel.Reply chat(String instructions, String data) throws IOException, InterruptedException {
        ObjectNode request = JSON.createObjectNode().put("model", model);
        request.putArray("messages").add(message("system", instructions)).add(message("user", data));
        JsonNode answer = post("/chat/completions", request);
        JsonNode text = answer.at("/choices/0/message/content");
        if (!text.isTextual()) {
            throw new IOException("The model '" + model + "' answered without a text");
        }
        Map<String, Double> usage = new HashMap<>();
        UNITS.forEach((theirs, ours) -> {
            if (answer.path("usage").path(theirs).isNumber()) {
                usage.put(ours, answer.path("usage").path(theirs).asDouble());
            }
        });
        return new JudgeModel.Reply(text.asText(), usage);
    }

    float[] embed(String text) throws IOException, InterruptedException {
        JsonNode vector = post("/embeddings", JSON.createObjectNode().put("model", model).put("input", text))
                .at("/data/0/embedding");
        if (!vector.isArray() || vector.isEmpty()) {
            throw new IOException("The model '" + model + "' answered without an embedding");
        }
        float[] values = new float[vector.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = vector.get(i).floatValue();
        }
        return values;
    }

    private static ObjectNode message(String role, String content) {
        return JSON.createObjectNode().put("role", role).put("content", content);
    }

    private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))).build();
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IOException("No answer from " + baseUrl + path + ": " + e.getClass().getSimpleName(), e);
        }
        if (response.statusCode() != 200) {
            throw new IOException(baseUrl + path + " answered HTTP " + response.statusCode());
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IOException(baseUrl + path + " answered something that is no JSON");
        }
    }
}
