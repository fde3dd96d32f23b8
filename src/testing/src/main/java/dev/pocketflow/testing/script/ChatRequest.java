package dev.pocketflow.testing.script;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** The parts of a chat completion request that rules look at. A missing text is empty. */
public record ChatRequest(String model, String system, String user, String toolResult, List<String> texts, List<String> tools,
        boolean stream, boolean streamUsage) {

    public static ChatRequest of(JsonNode body) {
        JsonNode messages = body.path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        return new ChatRequest(body.path("model").asText(),
                joined(messages, "system", "developer"),
                last(messages, "user"),
                "tool".equals(last.path("role").asText()) ? text(last) : "",
                stream(messages).map(ChatRequest::text).toList(),
                stream(body.path("tools")).map(tool -> tool.path("function").path("name").asText()).toList(),
                body.path("stream").asBoolean(),
                body.path("stream_options").path("include_usage").asBoolean());
    }

    private static String last(JsonNode messages, String role) {
        return stream(messages).filter(message -> role.equals(message.path("role").asText()))
                .reduce((first, second) -> second).map(ChatRequest::text).orElse("");
    }

    private static String joined(JsonNode messages, String... roles) {
        return stream(messages).filter(message -> List.of(roles).contains(message.path("role").asText()))
                .map(ChatRequest::text).collect(Collectors.joining("\n"));
    }

    /** A message's content, which is a string or a list of parts of which some are text. */
    private static String text(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isArray()
                ? stream(content).map(part -> part.path("text").asText()).collect(Collectors.joining("\n"))
                : content.isTextual() ? content.asText() : "";
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
