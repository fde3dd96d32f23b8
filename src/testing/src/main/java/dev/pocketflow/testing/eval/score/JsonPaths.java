package dev.pocketflow.testing.eval.score;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;

/** Reads JSON by paths. Thread-safe. */
final class JsonPaths {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Configuration JACKSON = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(JSON)).mappingProvider(new JacksonMappingProvider(JSON)).build();

    private JsonPaths() {
    }

    /** @throws IllegalArgumentException if it is not a path */
    static JsonPath compile(String path) {
        try {
            if (path.startsWith("$")) {
                return JsonPath.compile(path);
            }
        } catch (InvalidPathException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + path + "' is no JSON path: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("'" + path + "' is no JSON path. Begin it with $, as in $.answer");
    }

    /**
     * {@return the value at the path; empty if there is none} A path with a wildcard or a filter has a list, maybe an empty
     * one.
     */
    static Optional<JsonNode> read(String path, JsonNode in) {
        try {
            Object value = compile(path).read(in, JACKSON);
            return Optional.of(JSON.valueToTree(value));
        } catch (PathNotFoundException e) {
            return Optional.empty();
        }
    }
}
