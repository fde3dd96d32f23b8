package dev.pocketflow.testing.eval.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** An expectation with options, as it is in a case. Its messages say what is wrong, and the caller adds the place. */
record Form(JsonNode json) {

    /** Refuses what is no object, and unknown keys. */
    Form only(String... known) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("must have the keys " + String.join(", ", known) + ", was " + json);
        }
        json.fieldNames().forEachRemaining(key -> {
            if (!List.of(known).contains(key)) {
                throw new IllegalArgumentException(
                        "has the unknown key '" + key + "'. Known keys are " + String.join(", ", known));
            }
        });
        in().ifPresent(JsonPaths::compile);
        return this;
    }

    String text(String key) {
        JsonNode value = json.path(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new IllegalArgumentException("needs '" + key + "', a text" + was(value));
        }
        return value.asText();
    }

    double atLeast() {
        JsonNode value = json.path("atLeast");
        if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
            throw new IllegalArgumentException("needs 'atLeast', a number from 0 to 1" + was(value));
        }
        return value.asDouble();
    }

    /** {@return the path of the text to score; empty for the whole output} */
    Optional<String> in() {
        return json.has("in") ? Optional.of(text("in")) : Optional.empty();
    }

    /** {@return the text to score; empty if the path leads to nothing} */
    Optional<String> scored(Answered answered) {
        return in().map(answered::text).orElseGet(() -> Optional.of(answered.text()));
    }

    /** {@return the score of an output that has nothing at the path} */
    Score nothing() {
        return Score.fail("the output has nothing at " + in().orElse("$"));
    }

    /** {@return the texts of a text or a list of texts} */
    static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : node.isArray() ? node : List.of(node)) {
            if (!each.isTextual() || each.asText().isEmpty()) {
                throw new IllegalArgumentException("must be a text or a list of texts" + was(each)
                        + (each.isValueNode() ? ". Put it in quotes" : ""));
            }
            texts.add(each.asText());
        }
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("must be a text or a list of texts, was an empty list");
        }
        return texts;
    }

    private static String was(JsonNode value) {
        return value.isMissingNode() ? "" : ", was " + value;
    }
}
