package dev.pocketflow.testing.script;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A YAML mapping of a script with its place, which error messages name.
 *
 * @param groupCount the number of regex groups that placeholders in it may name
 */
record ScriptNode(String where, JsonNode json, int groupCount) {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h)");
    private static final Pattern REGEX = Pattern.compile("/(.*)/([is]*)", Pattern.DOTALL);

    ScriptNode(String where, JsonNode json) {
        this(where, json, 0);
        if (!json.isObject()) {
            throw wrong("must be keys and values, was " + kind(json));
        }
    }

    ScriptNode withGroups(int count) {
        return new ScriptNode(where, json, count);
    }

    ScriptNode only(List<String> known) {
        for (String key : keys()) {
            if (!known.contains(key)) {
                throw wrong("has the unknown key '" + key + "'; known keys are " + String.join(", ", known));
            }
        }
        return this;
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        json.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    boolean has(String key) {
        return json.has(key);
    }

    boolean isText(String key) {
        return json.path(key).isTextual();
    }

    boolean isNumber(String key) {
        return json.path(key).isNumber();
    }

    boolean isTrue(String key) {
        return json.path(key).isBoolean() && json.path(key).asBoolean();
    }

    String text(String key) {
        JsonNode value = json.path(key);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw wrong(key, "a text; put it in quotes", value);
        }
        return value.asText();
    }

    String template(String key) {
        String text = text(key);
        checkPlaceholders(text);
        return text;
    }

    JsonNode json(String key) {
        JsonNode value = json.path(key);
        if (!value.isContainerNode()) {
            throw wrong(key, "an object or a list", value);
        }
        checkPlaceholders(value.toString());
        return value;
    }

    ScriptNode object(String key) {
        JsonNode value = json.path(key);
        if (!value.isObject()) {
            throw wrong(key, "keys and values", value);
        }
        return new ScriptNode(where + ", " + key, value, groupCount);
    }

    /** Reads one object, or a list of them. */
    List<ScriptNode> objects(String key) {
        if (!json.path(key).isArray()) {
            return List.of(object(key));
        }
        List<ScriptNode> objects = new ArrayList<>();
        for (JsonNode element : json.path(key)) {
            objects.add(new ScriptNode(where + ", " + key, element).withGroups(groupCount));
        }
        return objects;
    }

    /** The object under the key; an empty one if there is none. */
    JsonNode objectOrEmpty(String key) {
        return has(key) ? object(key).templates() : JsonNodeFactory.instance.objectNode();
    }

    double positive(String key, boolean whole) {
        JsonNode value = json.path(key);
        if (!(whole ? value.isInt() : value.isNumber()) || value.asDouble() <= 0) {
            throw wrong(key, "a " + (whole ? "whole " : "") + "number above 0", value);
        }
        return value.asDouble();
    }

    int status(String key) {
        JsonNode value = json.path(key);
        if (!value.isInt() || value.asInt() < 400 || value.asInt() > 599) {
            throw wrong(key, "an HTTP status from 400 to 599", value);
        }
        return value.asInt();
    }

    /** A duration as {@code 50ms}, {@code 1.5s}, {@code 2m}, {@code 1h} or ISO 8601. */
    Duration duration(String key) {
        String text = json.path(key).asText().strip();
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long unitMillis = switch (matcher.group(2)) {
                case "ms" -> 1;
                case "s" -> 1_000;
                case "m" -> 60_000;
                default -> 3_600_000;
            };
            return Duration.ofNanos((long) (Double.parseDouble(matcher.group(1)) * unitMillis * 1_000_000));
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            // reported below
        }
        throw wrong(key, "a duration such as 50ms or 2s", json.path(key));
    }

    /** The pattern if the text is a regex between slashes; null otherwise. */
    Pattern regex(String key, String text) {
        Matcher matcher = REGEX.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int flags = (matcher.group(2).contains("i") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
                | (matcher.group(2).contains("s") ? Pattern.DOTALL : 0);
        try {
            return Pattern.compile(matcher.group(1), flags);
        } catch (PatternSyntaxException e) {
            throw wrong("'" + key + "' is not a regular expression: " + e.getMessage());
        }
    }

    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(where + " " + what);
    }

    private IllegalArgumentException wrong(String key, String expected, JsonNode actual) {
        return wrong("'" + key + "' must be " + expected + ", was " + kind(actual));
    }

    private static String kind(JsonNode value) {
        return value.isMissingNode() ? "missing"
                : value.isValueNode() ? value.toString()
                        : value.isArray() ? "a list" : "keys and values";
    }

    private JsonNode templates() {
        checkPlaceholders(json.toString());
        return json;
    }

    private void checkPlaceholders(String text) {
        Template.PLACEHOLDER.matcher(text).results().map(found -> found.group(1).strip())
                .filter(placeholder -> !Template.knows(placeholder, groupCount)).findFirst().ifPresent(placeholder -> {
                    throw wrong("has the unknown placeholder {{" + placeholder + "}}; known are {{user}}, {{tool-result}}"
                            + (groupCount == 0 ? "; numbers need a 'when' with a regular expression"
                                    : " and {{0}} to {{" + (groupCount - 1) + "}}"));
                });
    }
}
