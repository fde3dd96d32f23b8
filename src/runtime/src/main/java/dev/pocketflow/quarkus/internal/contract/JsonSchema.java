package dev.pocketflow.quarkus.internal.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pocketflow.quarkus.internal.contract.Shape.Bool;
import dev.pocketflow.quarkus.internal.contract.Shape.Entries;
import dev.pocketflow.quarkus.internal.contract.Shape.Fields;
import dev.pocketflow.quarkus.internal.contract.Shape.Items;
import dev.pocketflow.quarkus.internal.contract.Shape.Numeric;
import dev.pocketflow.quarkus.internal.contract.Shape.Text;

/**
 * Writes shapes as JSON Schema, draft 2020-12 (<a href="https://json-schema.org/draft/2020-12/json-schema-core">core</a>). An
 * object's shape is a definition, so that a class may hold itself.
 */
final class JsonSchema {

    static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private final boolean ignoresUnknown;
    private final String definitions;
    private final Map<String, Object> defined = new LinkedHashMap<>();
    private final Map<Fields, String> names = new IdentityHashMap<>();

    /**
     * @param ignoresUnknown whether members that are not in a shape are accepted
     * @param definitions the pointer to the object that holds the definitions, such as {@code #/$defs/}
     */
    JsonSchema(boolean ignoresUnknown, String definitions) {
        this.ignoresUnknown = ignoresUnknown;
        this.definitions = definitions;
    }

    /** {@return the schema, with the definitions that the schemas written so far refer to} */
    Map<String, Object> withDefinitions(Map<String, Object> schema) {
        if (!defined.isEmpty()) {
            schema.put("$defs", defined);
        }
        return schema;
    }

    /** {@return the schema of a shape; a new map, which the caller may add to} */
    Map<String, Object> of(Shape shape) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (shape instanceof Shape.Nullable nullable) {
            schema.put("anyOf", List.of(of(nullable.of()), Map.of("type", "null")));
        } else if (shape instanceof Fields fields) {
            schema.put("$ref", definitions + define(fields));
        } else if (shape instanceof Entries entries) {
            schema.put("type", "object");
            schema.put("additionalProperties", of(entries.each()));
        } else if (shape instanceof Items items) {
            schema.put("type", "array");
            schema.put("items", of(items.each()));
        } else if (shape instanceof Numeric numeric) {
            schema.put("type", numeric.whole() ? "integer" : "number");
            bound(schema, "minimum", numeric.least());
            bound(schema, "maximum", numeric.most());
        } else if (shape instanceof Text text) {
            text(schema, text);
        } else if (shape instanceof Bool) {
            schema.put("type", "boolean");
        } else if (shape instanceof Shape.Opaque) {
            schema.put("not", Map.of("type", "null"));
        }
        return schema;
    }

    private static void bound(Map<String, Object> schema, String keyword, Optional<BigDecimal> bound) {
        bound.ifPresent(value -> schema.put(keyword, value.scale() <= 0 && value.precision() < 20 ? (Object) value.longValue()
                : (Object) value.doubleValue()));
    }

    private static void text(Map<String, Object> schema, Text text) {
        schema.put("type", "string");
        text.format().ifPresent(format -> schema.put("format", format));
        if (!text.values().isEmpty()) {
            schema.put("enum", text.values());
        }
        if (text.single()) {
            schema.put("minLength", 1);
            schema.put("maxLength", 1);
        }
    }

    private String define(Fields fields) {
        String known = names.get(fields);
        if (known != null) {
            return known;
        }
        String name = fields.name;
        for (int i = 2; defined.containsKey(name); i++) {
            name = fields.name + i;
        }
        names.put(fields, name);
        defined.put(name, Map.of()); // its place, in the order of first use
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        fields.members.forEach((member, each) -> {
            Map<String, Object> schema = of(each.shape());
            each.description().ifPresent(text -> schema.put("description", text));
            properties.put(member, schema);
            if (each.required()) {
                required.add(member);
            }
        });
        defined.put(name, object(properties, required, fields.open || ignoresUnknown));
        return name;
    }

    /** {@return the schema of an object} @param open whether other members are accepted */
    static Map<String, Object> object(Map<String, Object> properties, List<String> required, boolean open) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!open) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }
}
