package dev.pocketflow.functions.writer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An interpreter of infra/aws/loop.asl.json. It knows the part of the Amazon States Language that this file uses. Between two
 * states it writes and reads the data again, as {@link OtherJson}, and refuses more than the service accepts.
 */
final class StepFunctions {

    /** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
    static final int LIMIT = 262_144;
    /** The approximate size of the service's addition to a function's answer: headers and request ids. */
    private static final String METADATA = "x".repeat(2_048);

    private final JsonNode machine;
    private final Functions functions;
    private final List<String> entered = new ArrayList<>();
    private final List<Instant> waited = new ArrayList<>();

    /** Lambda, as the service calls it. */
    interface Functions {
        String invoke(String function, String payload) throws Failed;
    }

    /** The failure of a function or an execution: an error and its cause. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;
        private final String error;

        Failed(String error, String cause) {
            super(cause);
            this.error = error;
        }

        String error() {
            return error;
        }
    }

    StepFunctions(Path definition, Map<String, String> substitutions, Functions functions) {
        try {
            String text = Files.readString(definition);
            for (Map.Entry<String, String> each : substitutions.entrySet()) {
                text = text.replace("${" + each.getKey() + "}", each.getValue());
            }
            this.machine = OtherJson.read(text);
            this.functions = functions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the names of the states, in the order they were entered} */
    List<String> entered() {
        return entered;
    }

    /** {@return the ends of all waits} */
    List<Instant> waited() {
        return waited;
    }

    /** {@return the output of the execution} */
    JsonNode execute(String input) throws Failed {
        JsonNode data = OtherJson.read(input);
        for (String name = machine.get("StartAt").textValue(); true;) {
            entered.add(name);
            data = carried(data);
            JsonNode state = machine.get("States").get(name);
            switch (state.get("Type").textValue()) {
                case "Pass" -> data = parameters(state, data);
                case "Task" -> data = at(task(state, carried(parameters(state, data))), state.get("OutputPath"));
                case "Choice" -> state = choice(state, data);
                case "Wait" -> waited.add(Instant.parse(at(data, state.get("TimestampPath")).textValue()));
                case "Succeed" -> {
                    return data;
                }
                case "Fail" -> throw new Failed(state.get("Error").textValue(), state.get("Cause").textValue());
                default -> throw new IllegalArgumentException("a state of a type that is not interpreted here: " + name);
            }
            name = state.get("Next").textValue();
        }
    }

    private JsonNode task(JsonNode state, JsonNode parameters) throws Failed {
        if (!state.get("Resource").textValue().equals("arn:aws:states:::lambda:invoke")) {
            throw new IllegalArgumentException("nothing but Lambda is called here");
        }
        ObjectNode result = OtherJson.MAPPER.createObjectNode().put("SdkHttpMetadata", METADATA).put("StatusCode", 200);
        result.set("Payload", OtherJson.read(invoked(state.get("Retry").get(0), parameters)));
        return carried(result);
    }

    private String invoked(JsonNode retry, JsonNode call) throws Failed {
        for (int attempts = 0; true; attempts++) {
            try {
                return functions.invoke(call.get("FunctionName").textValue(), OtherJson.write(call.get("Payload")));
            } catch (Failed e) {
                if (attempts == retry.get("MaxAttempts").intValue()
                        || !OtherJson.texts(retry.get("ErrorEquals")).contains(e.error())) {
                    throw e;
                }
            }
        }
    }

    /** {@return the object with the name of the next state} */
    private static JsonNode choice(JsonNode state, JsonNode data) throws Failed {
        for (JsonNode rule : state.get("Choices")) {
            boolean all = true;
            for (JsonNode each : rule.has("And") ? rule.get("And") : List.of(rule)) {
                all = all && holds(each, data);
            }
            if (all) {
                return rule;
            }
        }
        return OtherJson.MAPPER.createObjectNode().set("Next", state.get("Default"));
    }

    private static boolean holds(JsonNode rule, JsonNode data) throws Failed {
        if (rule.has("IsPresent")) {
            return data.at(rule.get("Variable").textValue().substring(1).replace('.', '/')).isMissingNode() != rule
                    .get("IsPresent")
                    .booleanValue();
        }
        return at(data, rule.get("Variable")).equals(rule.get("StringEquals"));
    }

    private static JsonNode parameters(JsonNode state, JsonNode data) throws Failed {
        ObjectNode parameters = OtherJson.MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> each : state.get("Parameters").properties()) {
            boolean path = each.getKey().endsWith(".$");
            parameters.set(each.getKey().replaceFirst("\\.\\$$", ""), path ? at(data, each.getValue()) : each.getValue());
        }
        return parameters;
    }

    /** Evaluates a path. It knows {@code $} and the members of objects. */
    private static JsonNode at(JsonNode data, JsonNode path) throws Failed {
        JsonNode found = data.at(path.textValue().substring(1).replace('.', '/'));
        if (found.isMissingNode()) {
            throw new Failed("States.Runtime", "there is no " + path);
        }
        return found;
    }

    private static JsonNode carried(JsonNode data) throws Failed {
        String json = OtherJson.write(data);
        if (json.getBytes(StandardCharsets.UTF_8).length > LIMIT) {
            throw new Failed("States.DataLimitExceeded", "more than " + LIMIT + " bytes");
        }
        return OtherJson.read(json);
    }
}
