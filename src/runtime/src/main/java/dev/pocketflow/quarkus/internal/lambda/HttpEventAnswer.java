package dev.pocketflow.quarkus.internal.lambda;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.HttpAnswer;

/** Writes an answer in the form that the sender of an HTTP event expects. */
final class HttpEventAnswer {

    private static final Map<Integer, String> REASONS = Map.ofEntries(Map.entry(200, "OK"), Map.entry(202, "Accepted"),
            Map.entry(400, "Bad Request"), Map.entry(403, "Forbidden"), Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"), Map.entry(406, "Not Acceptable"), Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"), Map.entry(413, "Content Too Large"), Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"), Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    private HttpEventAnswer() {
    }

    static byte[] of(HttpEvent.Form form, HttpAnswer answer) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("statusCode", answer.status());
        if (form == HttpEvent.Form.ALB || form == HttpEvent.Form.ALB_MULTI) {
            event.put("statusDescription", answer.status() + " " + REASONS.getOrDefault(answer.status(), ""));
        }
        if (form == HttpEvent.Form.ALB_MULTI) {
            Map<String, List<String>> lists = new LinkedHashMap<>();
            answer.headers().forEach((name, value) -> lists.put(name, List.of(value)));
            event.put("multiValueHeaders", lists);
        } else {
            event.put("headers", answer.headers());
        }
        event.put("body", new String(answer.body(), StandardCharsets.UTF_8));
        event.put("isBase64Encoded", false);
        return HopResponse.json(event);
    }
}
