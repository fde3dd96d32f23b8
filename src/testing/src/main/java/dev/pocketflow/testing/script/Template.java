package dev.pocketflow.testing.script;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Fills the placeholders of an answer: {@code {{0}}} is the whole match of the rule's first regular expression, {@code {{1}}}
 * its first group and so on, {@code {{user}}} the last user message, {@code {{tool-result}}} the result that ends the request.
 */
public record Template(List<String> groups, String user, String toolResult) {

    static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

    public String fill(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1).strip())));
    }

    /** The same JSON with every text in it filled; a quoted text cannot break out of its JSON string. */
    public JsonNode fill(JsonNode json) {
        if (json.isTextual()) {
            return JsonNodeFactory.instance.textNode(fill(json.asText()));
        }
        if (json.isObject()) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            json.properties().forEach(field -> filled.set(field.getKey(), fill(field.getValue())));
            return filled;
        }
        if (json.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            json.forEach(element -> filled.add(fill(element)));
            return filled;
        }
        return json;
    }

    /** Returns true if a rule with this many groups can fill the placeholder. */
    static boolean knows(String placeholder, int groupCount) {
        return placeholder.equals("user") || placeholder.equals("tool-result")
                || placeholder.matches("\\d{1,3}") && Integer.parseInt(placeholder) < groupCount;
    }

    private String value(String placeholder) {
        return switch (placeholder) {
            case "user" -> user;
            case "tool-result" -> toolResult;
            default -> groups.get(Integer.parseInt(placeholder));
        };
    }
}
