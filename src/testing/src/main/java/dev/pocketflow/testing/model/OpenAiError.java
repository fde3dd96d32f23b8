package dev.pocketflow.testing.model;

import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.testing.script.Reply;

/** An error in the form of OpenAI's API, with its words if it has any. {@code param} and {@code code} may be null. */
record OpenAiError(int status, String type, String param, String code, String message) {

    private static final String INVALID = "invalid_request_error";

    /** Ends the handling of a request with this error as its answer. */
    static final class Answered extends RuntimeException {

        final transient OpenAiError error;

        private Answered(OpenAiError error) {
            super(error.message());
            this.error = error;
        }
    }

    Answered answered() {
        return new Answered(this);
    }

    JsonNode json() {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.putObject("error").put("message", message).put("type", type).put("param", param).put("code", code);
        return error;
    }

    static OpenAiError noKey() {
        return new OpenAiError(401, INVALID, null, null, "You didn't provide an API key. You need to provide your API key in "
                + "an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
    }

    static OpenAiError unreadable() {
        return invalid(null, "We could not parse the JSON body of your request. The OpenAI API expects a JSON payload.");
    }

    static OpenAiError tooLarge() {
        return new OpenAiError(413, INVALID, null, null, "The request body is too large.");
    }

    static OpenAiError missing(String param) {
        return new OpenAiError(400, INVALID, param, "missing_required_parameter",
                "Missing required parameter: '" + param + "'.");
    }

    static OpenAiError invalid(String param, String message) {
        return new OpenAiError(400, INVALID, param, null, message);
    }

    static OpenAiError unknownUrl(String method, String path) {
        return new OpenAiError(404, INVALID, null, "unknown_url", "Unknown request URL: " + method + " " + path + ".");
    }

    static OpenAiError wrongMethod(String allowed) {
        return new OpenAiError(405, INVALID, null, "method_not_supported", "Only " + allowed + " requests are accepted.");
    }

    static OpenAiError scripted(Reply.Failure failure) {
        String type = switch (failure.status()) {
            case 429 -> "requests";
            case 400, 401, 403, 404, 413, 422 -> INVALID;
            default -> "server_error";
        };
        String code = failure.status() == 429 ? "rate_limit_exceeded" : null;
        String message = switch (failure.status()) {
            case 429 -> "Rate limit reached for requests.";
            case 503 -> "The engine is currently overloaded, please try again later.";
            default -> "The server had an error while processing your request.";
        };
        return new OpenAiError(failure.status(), type, null, code, failure.message() == null ? message : failure.message());
    }

    static OpenAiError noRule(String rules, String lastUserMessage) {
        String start = lastUserMessage.substring(0, lastUserMessage.offsetByCodePoints(0,
                Math.min(80, lastUserMessage.codePointCount(0, lastUserMessage.length()))));
        return new OpenAiError(501, "no_matching_rule", null, "no_matching_rule",
                "No rule matches this request. Rules of " + rules + ". The last user message began: \"" + start + "\"");
    }

    /** The headers that tell when to retry, in whole seconds as HTTP defines it and in milliseconds as OpenAI adds. */
    static Map<String, String> retryAfter(Duration time) {
        return Map.of("Retry-After", Long.toString(time.plusMillis(999).toSeconds()),
                "retry-after-ms", Long.toString(time.toMillis()));
    }
}
