package dev.pocketflow.testing.eval.cases;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads the cases of one file. A file with an error is refused as a whole. The message names the file, the line and the case.
 */
final class CaseReader {

    private static final ObjectMapper JSON = strict(new ObjectMapper());
    private static final ObjectMapper YAML = strict(new ObjectMapper(new YAMLFactory()));
    private static final List<String> KEYS = List.of("name", "input", "expect", "tags");

    private final String file;

    CaseReader(String file) {
        this.file = file;
    }

    private static ObjectMapper strict(ObjectMapper mapper) {
        return mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    List<Case> read(String content) {
        List<Case> cases;
        if (file.endsWith(".jsonl")) {
            cases = lines(content);
        } else if (file.endsWith(".json")) {
            cases = list(content, JSON);
        } else if (file.endsWith(".yaml") || file.endsWith(".yml")) {
            refuseAliases(content);
            cases = list(content, YAML);
        } else {
            throw wrong(file + " has an ending that is not known. Name it .yaml, .yml, .json or .jsonl");
        }
        if (cases.isEmpty()) {
            throw wrong(file + " has no case");
        }
        return cases;
    }

    private List<Case> lines(String content) {
        List<Case> cases = new ArrayList<>();
        int number = 0;
        for (String line : content.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                try (JsonParser parser = JSON.createParser(line)) {
                    parser.nextToken();
                    cases.add(read(JSON.readTree(parser), number));
                    refuseMore(parser, "line " + number);
                } catch (IOException e) {
                    throw unreadable(e, number);
                }
            }
        }
        return cases;
    }

    private List<Case> list(String content, ObjectMapper mapper) {
        List<Case> cases = new ArrayList<>();
        try (JsonParser parser = mapper.createParser(content)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw wrong(file + " must be a list of cases");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int line = parser.currentTokenLocation().getLineNr();
                cases.add(read(mapper.readTree(parser), line));
            }
            refuseMore(parser, "the list of cases");
        } catch (IOException e) {
            throw unreadable(e, 0);
        }
        return cases;
    }

    /** Refuses aliases. Jackson would take the name of the anchor for the value. */
    private void refuseAliases(String content) {
        try (JsonParser parser = YAML.createParser(content)) {
            while (parser.nextToken() != null) {
                if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
                    throw wrong(file + ", line " + parser.currentTokenLocation().getLineNr() + " has the alias *"
                            + parser.getText() + ". Aliases are not read: write the value again");
                }
            }
        } catch (IOException e) {
            throw unreadable(e, 0);
        }
    }

    private void refuseMore(JsonParser parser, String end) throws IOException {
        if (parser.nextToken() != null) {
            throw wrong(file + " has something after " + end);
        }
    }

    private Case read(JsonNode node, int line) {
        String place = file + ", line " + line;
        if (!node.isObject()) {
            throw wrong(place + ": a case must have keys and values");
        }
        JsonNode name = node.path("name");
        if (!name.isTextual()) {
            throw wrong(place + ": the case needs 'name', a text");
        }
        String label = place + ", case '" + name.asText() + "'";
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw wrong(label + " has the unknown key '" + key + "'. Known keys are " + String.join(", ", KEYS));
            }
        });
        Map<String, JsonNode> expected = new LinkedHashMap<>();
        object(node, "expect", label).properties().forEach(each -> expected.put(each.getKey(), each.getValue()));
        return new Case(name.asText(), object(node, "input", label), expected, tags(node.path("tags"), label), place);
    }

    private static ObjectNode object(JsonNode node, String key, String label) {
        if (node.path(key) instanceof ObjectNode object) {
            return object;
        }
        throw wrong(label + " needs '" + key + "', an object of keys and values");
    }

    private static List<String> tags(JsonNode node, String label) {
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : node) {
            tags.add(tag.asText());
        }
        if (!node.isMissingNode() && !node.isArray() || tags.contains("")) {
            throw wrong(label + ": 'tags' must be a list of texts");
        }
        return tags;
    }

    private IllegalArgumentException unreadable(IOException e, int line) {
        boolean located = e instanceof JsonProcessingException json && json.getLocation() != null;
        int at = line == 0 && located ? ((JsonProcessingException) e).getLocation().getLineNr() : line;
        String why = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return new IllegalArgumentException(file + (at > 0 ? ", line " + at : "") + " is not readable: " + why, e);
    }

    private static IllegalArgumentException wrong(String message) {
        return new IllegalArgumentException(message);
    }
}
