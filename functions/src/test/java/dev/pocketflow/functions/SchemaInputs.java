package dev.pocketflow.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;

/** Inputs that are made from the JSON Schema of a function. A seed always makes the same inputs. Not thread-safe. */
final class SchemaInputs {

    /** A text that a flow can work with, also if it expects an e-mail address. */
    private static final String PLAIN = "ada@example.com";
    private static final String[] TEXTS = { PLAIN, "", " ", "a", "5", "true", "null", "\u00e4", "a\nb", "\u0000",
            "x".repeat(2_000) };
    private static final Object[] NUMBERS = { 0, 1, -1, 5.0, 0.5, 1e3, 2147483647, 2147483648L, -2147483649L,
            new BigInteger("9223372036854775808"), 1e300 };
    private static final Object[] OTHERS = { null, true, false, List.of(), List.of(1, "a", List.of()), Map.of(),
            Map.of("a", 1), Map.of("", List.of("x")) };
    private static final Map<String, String> FORMATS = Map.of("date", "2026-12-24", "date-time", "2026-12-24T18:00:00Z", "uuid",
            "123e4567-e89b-12d3-a456-426614174000", "duration", "PT5M");

    private final JsonNode document;
    private final JsonNode input;
    private final Random random;

    /** @param schema as {@code GET /flow} answers it */
    SchemaInputs(JsonNode schema, long seed) {
        document = schema;
        input = schema.at("/$defs/input");
        random = new Random(seed);
    }

    /** {@return a valid input} */
    Map<String, Object> valid() {
        return object(input);
    }

    /** {@return a valid input in which one to three places are changed; it may still be valid} */
    Map<String, Object> changed() {
        Map<String, Object> changed = valid();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            change(changed);
        }
        return changed;
    }

    private void change(Map<String, Object> object) {
        String name = random.nextInt(3) == 0 || object.isEmpty() ? pick("other", "Question", "a/b", "~", "", "run", "store")
                : pick(object.keySet().toArray(String[]::new));
        switch (random.nextInt(3)) {
            case 0 -> object.remove(name);
            case 1 -> object.put(name, any());
            default -> object.computeIfPresent(name, (key, value) -> inside(value));
        }
    }

    @SuppressWarnings("unchecked")
    private Object inside(Object value) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            List<Object> changed = new ArrayList<>(list);
            changed.set(random.nextInt(changed.size()), any());
            return changed;
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> changed = new LinkedHashMap<>((Map<String, Object>) map);
            change(changed);
            return changed;
        }
        return any();
    }

    private Object value(JsonNode schema) {
        if (schema.has("$ref")) {
            return value(document.at(schema.path("$ref").asText().substring(1)));
        } else if (schema.has("anyOf")) {
            return value(schema.path("anyOf").get(random.nextInt(schema.path("anyOf").size())));
        } else if (schema.has("enum")) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size())).asText();
        }
        return switch (schema.path("type").asText()) {
            case "null" -> null;
            case "boolean" -> random.nextBoolean();
            case "integer", "number" -> number(schema);
            case "string" -> text(schema);
            case "array" -> random.ints(random.nextInt(4)).mapToObj(i -> value(schema.path("items"))).toList();
            case "object" -> object(schema);
            default -> schema.has("not") && random.nextBoolean() ? PLAIN : random.nextInt(9); // any JSON but null
        };
    }

    private Object number(JsonNode schema) {
        Object number = pick(NUMBERS);
        BigDecimal exact = new BigDecimal(number.toString());
        boolean fits = (!schema.path("type").asText().equals("integer") || exact.stripTrailingZeros().scale() <= 0)
                && (!schema.has("minimum") || exact.compareTo(schema.path("minimum").decimalValue()) >= 0)
                && (!schema.has("maximum") || exact.compareTo(schema.path("maximum").decimalValue()) <= 0);
        return fits ? number : 1;
    }

    private String text(JsonNode schema) {
        if (!schema.has("format")) {
            return schema.path("maxLength").asInt() == 1 ? "a" : random.nextBoolean() ? PLAIN : pick(TEXTS);
        }
        String text = FORMATS.get(schema.path("format").asText());
        if (text == null) {
            throw new IllegalStateException("SchemaInputs.FORMATS has no text of this schema: " + schema);
        }
        return text;
    }

    private Map<String, Object> object(JsonNode schema) {
        Map<String, Object> object = new LinkedHashMap<>();
        schema.path("properties").fields().forEachRemaining(property -> {
            if (contains(schema.path("required"), property.getKey()) || random.nextBoolean()) {
                object.put(property.getKey(), value(property.getValue()));
            }
        });
        if (schema.path("additionalProperties").isObject()) {
            object.put(pick("a", "b/c", ""), value(schema.path("additionalProperties")));
        }
        return object;
    }

    private static boolean contains(JsonNode texts, String text) {
        for (JsonNode each : texts) {
            if (each.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private Object any() {
        return pick(pick(OTHERS, NUMBERS, TEXTS));
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
