package dev.pocketflow.testing.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.testing.script.ChatRequest;

/**
 * A request that a {@link dev.pocketflow.testing.ScriptedModel} received.
 *
 * @param path as requested, such as {@code /v1/chat/completions}
 * @param body the JSON sent; JSON null when there was none or it could not be read
 * @param status the HTTP status answered; 0 for a request left hanging or dropped
 * @param rule the number of the rule that answered, from 1; 0 when none did
 */
@JsonIgnoreProperties(value = "lastUserMessage", allowGetters = true)
public record ModelRequest(String path, JsonNode body, int status, int rule) {

    /** The text of the user's last message; empty without one. */
    public String lastUserMessage() {
        return ChatRequest.of(body).user();
    }
}
