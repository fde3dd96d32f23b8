package dev.pocketflow.testing.eval.cases;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An input, and what is expected of the output for it. The JSON in it must not be changed. Then it is thread-safe.
 *
 * @param name the name, which is unique in its {@link Cases}
 * @param input the input of the flow
 * @param expected the expectations by the name of their scorer, at least one
 * @param tags the tags to select cases by
 * @param place the file and line, as messages name them
 */
public record Case(String name, ObjectNode input, Map<String, JsonNode> expected, List<String> tags, String place) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Makes a case.
     *
     * @throws IllegalArgumentException if the name is blank or has several lines, or if there is no expectation
     */
    public Case {
        if (name.isBlank() || name.lines().count() > 1) {
            throw new IllegalArgumentException(place + ": the name of a case must be one line of text, was '" + name + "'");
        } else if (expected.isEmpty()) {
            throw new IllegalArgumentException(
                    place + ", case '" + name + "' expects nothing. Give it at least one expectation");
        }
        expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
        tags = List.copyOf(tags);
    }

    /**
     * Makes a case without a file and without tags.
     *
     * @param name the name
     * @param input the input, whose values Jackson can write
     * @param expected the expectations by the name of their scorer, with values that Jackson can write
     * @return a new case
     * @throws IllegalArgumentException if the name is blank or has several lines, if there is no expectation, or if Jackson
     *         cannot write a value
     */
    public static Case of(String name, Map<String, ?> input, Map<String, ?> expected) {
        Map<String, JsonNode> expectations = new LinkedHashMap<>();
        expected.forEach((scorer, value) -> expectations.put(scorer, JSON.valueToTree(value)));
        return new Case(name, JSON.valueToTree(input), expectations, List.of(), "code");
    }

    /** {@return the place and the name, as messages begin} */
    public String label() {
        return place + ", case '" + name + "'";
    }
}
