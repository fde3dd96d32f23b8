package dev.pocketflow.functions.writer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The same JSON as another program might write it: members backwards, 1 as 1.0, letters beyond ASCII as escapes. */
final class OtherJson {

    static final ObjectMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private OtherJson() {
    }

    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }

    static String write(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(otherwise(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.textValue()));
        return texts;
    }

    private static JsonNode otherwise(JsonNode value) {
        if (value.isObject()) {
            List<Map.Entry<String, JsonNode>> members = new ArrayList<>(value.properties());
            Collections.reverse(members);
            ObjectNode backwards = MAPPER.createObjectNode();
            members.forEach(member -> backwards.set(member.getKey(), otherwise(member.getValue())));
            return backwards;
        } else if (value.isArray()) {
            ArrayNode array = MAPPER.createArrayNode();
            value.forEach(each -> array.add(otherwise(each)));
            return array;
        }
        return value.isNumber() ? DecimalNode.valueOf(value.decimalValue().setScale(value.decimalValue().scale() + 1)) : value;
    }
}
