package dev.pocketflow.quarkus.internal.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pocketflow.quarkus.internal.contract.FlowContract;

/** The schemas of a document: what all flows share, and what each takes and gives. */
final class ApiSchemas {

    static final String PLACE = "#/components/schemas/";
    /** The prefix of the shared ones. The application's own have names of Java, which have no dot. */
    private static final String SHARED = "pocketflow.";
    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> NUMBER = Map.of("type", "number");
    private static final Map<String, Object> WHOLE = Map.of("type", "integer");
    private static final Map<String, Object> TEXTS = list(TEXT);
    private static final Map<String, Object> OBJECT = Map.of("type", "object");

    private final Map<String, Object> schemas = new LinkedHashMap<>();

    ApiSchemas() {
        schemas.put(SHARED + "Problem", problem());
        schemas.put(SHARED + "Step", step());
        schemas.put(SHARED + "Left", left());
        schemas.put(SHARED + "Failed", failed());
        schemas.put(SHARED + "Status", status());
        schemas.put(SHARED + "Graph", graph());
    }

    /** {@return all schemas by name} */
    Map<String, Object> all() {
        return schemas;
    }

    /** {@return a reference to a shared schema} */
    static Map<String, Object> shared(String name) {
        return Map.of("$ref", PLACE + SHARED + name);
    }

    /** Adds the input of a flow. {@return a reference to it} */
    Map<String, Object> input(String flow, FlowContract contract, boolean ignoresUnknown) {
        String name = component(flow) + ".input";
        return add(name, contract.input(ignoresUnknown, PLACE + name + "."));
    }

    /** Adds the answer of a flow's completed run. {@return a reference to it} */
    Map<String, Object> answer(String flow, FlowContract contract) {
        String output = component(flow) + ".output";
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", constants("completed"));
        members.put("run", TEXT);
        members.put("action", described(TEXT, "The last action"));
        members.put("store", add(output, contract.output(PLACE + output + ".")));
        members.put("usage", described(Map.of("type", "object", "additionalProperties", NUMBER), "The units that were used"));
        members.put("standIns", described(TEXTS, "In dev and test, the services that stand-ins answered for"));
        members.put("path", list(shared("Step")));
        return add(component(flow) + ".answer", object(members, "status", "run", "action", "store"));
    }

    /** Moves the definitions of a schema to the other schemas: tools find them there. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> add(String name, Map<String, Object> schema) {
        if (schema.remove("$defs") instanceof Map<?, ?> definitions) {
            ((Map<String, Object>) definitions).forEach((each, definition) -> schemas.put(name + "." + each, definition));
        }
        schemas.put(name, schema);
        return Map.of("$ref", PLACE + name);
    }

    /** {@return the name of a flow as a part of a component's name, which has few characters (OpenAPI 3.1, section 4.8.7)} */
    private static String component(String flow) {
        StringBuilder name = new StringBuilder();
        flow.codePoints().forEach(each -> {
            if (each < 128 && (Character.isLetterOrDigit(each) || "-_".indexOf(each) >= 0)) {
                name.append((char) each);
            } else {
                name.append('_').append(Integer.toHexString(each)).append('_');
            }
        });
        return name.toString();
    }

    private static Map<String, Object> problem() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", WHOLE);
        members.put("title", TEXT);
        members.put("detail", TEXT);
        members.put("errors", described(list(object(Map.of("pointer", TEXT, "detail", TEXT), "pointer", "detail")),
                "Every fault of an input"));
        return described(object(members, "status", "title", "detail"), "Problem details (RFC 9457)");
    }

    private static Map<String, Object> step() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("flow", TEXT);
        members.put("node", TEXT);
        members.put("action", TEXT);
        members.put("error", described(TEXT, "The class of the failure, in place of an action"));
        members.put("ms", NUMBER);
        members.put("attempts", WHOLE);
        members.put("standIn", Map.of("type", "boolean"));
        return object(members, "flow", "node", "ms", "attempts");
    }

    private static Map<String, Object> left() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", constants("handed-over", "suspended", "cancelling"));
        members.put("run", TEXT);
        members.put("flow", described(TEXT, "The flow that the run continues in"));
        members.put("hop", WHOLE);
        members.put("signal", described(TEXT, "The signal that the run waits for"));
        members.put("until", Map.of("type", "string", "format", "date-time"));
        members.put("token", described(TEXT, "What the signal is sent with"));
        members.put("envelope", described(OBJECT, "What the caller has to post"));
        members.put("cancel", described(TEXT, "The token that ends the run"));
        members.put("standIns", TEXTS);
        members.put("message", TEXT);
        return object(members, "status", "run");
    }

    private static Map<String, Object> status() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status",
                constants("running", "handed-over", "suspended", "interrupted", "cancelling", "completed", "failed"));
        members.put("run", TEXT);
        members.put("flow", TEXT);
        members.put("hop", WHOLE);
        members.put("signal", TEXT);
        members.put("until", Map.of("type", "string", "format", "date-time"));
        members.put("failure", OBJECT);
        return described(object(members, "status", "run"), "A completed run also has the members of its answer");
    }

    private static Map<String, Object> failed() {
        Map<String, Object> failure = new LinkedHashMap<>();
        failure.put("flow", TEXT);
        failure.put("node", Map.of("type", List.of("string", "null")));
        failure.put("type", described(TEXT, "The class of the failure"));
        failure.put("message", TEXT);
        failure.put("at", Map.of("type", "string", "format", "date-time"));
        failure.put("item", WHOLE);
        failure.put("attempts", list(OBJECT));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", constants("failed"));
        members.put("run", TEXT);
        members.put("failure", object(failure, "flow", "type"));
        members.put("envelope", described(OBJECT, "What the run is resumed with"));
        members.put("store", OBJECT);
        members.put("path", list(shared("Step")));
        members.put("usage", Map.of("type", "object", "additionalProperties", NUMBER));
        members.put("standIns", TEXTS);
        return object(members, "status", "run", "failure");
    }

    private static Map<String, Object> graph() {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("name", TEXT);
        node.put("kind", TEXT);
        node.put("edges", Map.of("type", "object", "additionalProperties", TEXT));
        node.put("ends", TEXTS);
        node.put("flow", shared("Graph"));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", TEXT);
        members.put("batch", Map.of("type", "boolean"));
        members.put("start", TEXT);
        members.put("nodes", list(object(node, "name", "kind", "edges", "ends")));
        members.put("branches", list(shared("Graph")));
        return object(members, "name");
    }

    private static Map<String, Object> list(Map<String, Object> each) {
        return Map.of("type", "array", "items", each);
    }

    private static Map<String, Object> constants(String... values) {
        return Map.of("type", "string", "enum", List.of(values));
    }

    private static Map<String, Object> described(Map<String, Object> schema, String text) {
        Map<String, Object> described = new LinkedHashMap<>(schema);
        described.put("description", text);
        return described;
    }

    private static Map<String, Object> object(Map<String, Object> members, String... required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", members);
        schema.put("required", List.of(required));
        return schema;
    }
}
