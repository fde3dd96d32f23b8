package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.pocketflow.Store;
import dev.pocketflow.internal.Json;
import dev.pocketflow.quarkus.BadEvent;

/**
 * What starts a run: a JSON object, or a CloudEvent 1.0 that carries one as its data
 * (<a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">specification</a>), in binary or structured
 * mode.
 */
final class Events {

    private static final ObjectReader READER = Json.MAPPER.readerFor(Object.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    private Events() {
    }

    /** From HTTP, where headers tell the form. */
    static Store http(byte[] body, UnaryOperator<String> header) {
        if (mediaType(header.apply("Content-Type")).equals("application/cloudevents+json")) {
            return structured(object(body, "the CloudEvent"));
        }
        if (header.apply("ce-specversion") != null) {
            attributes(name -> header.apply("ce-" + name));
        }
        return Store.of(object(body, "the body"));
    }

    /** From a platform that tells no form: an object with the attributes that every CloudEvent has is one. */
    static Store direct(byte[] event) {
        Map<String, Object> object = object(event, "the event");
        return object.keySet().containsAll(REQUIRED) ? structured(object) : Store.of(object);
    }

    private static Store structured(Map<String, Object> event) {
        attributes(name -> event.get(name) instanceof String text ? text : null);
        Object data = event.get("data");
        if (data == null && event.get("data_base64") instanceof String encoded) {
            try {
                return Store.of(object(Base64.getDecoder().decode(encoded), "the CloudEvent's data"));
            } catch (IllegalArgumentException e) {
                throw new BadEvent(400, "the CloudEvent's data_base64 is not Base64");
            }
        }
        return Store.of(map(data, "the CloudEvent's data"));
    }

    private static void attributes(UnaryOperator<String> attribute) {
        List<String> missing = REQUIRED.stream().filter(name -> Optional.ofNullable(attribute.apply(name)).orElse("").isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new BadEvent(400, "the CloudEvent has no " + String.join(", ", missing));
        }
        if (!attribute.apply("specversion").startsWith("1.")) {
            throw new BadEvent(400, "the CloudEvent's specversion is not 1.0");
        }
    }

    private static Map<String, Object> object(byte[] json, String what) {
        if (json == null || json.length == 0) {
            throw new BadEvent(400, what + " is empty. Send a JSON object, the initial store; {} for none");
        }
        try {
            return map(READER.readValue(json), what);
        } catch (JsonProcessingException e) {
            throw new BadEvent(400, what + " is not valid JSON" + place(e.getLocation()));
        } catch (IOException e) {
            throw new BadEvent(400, what + " cannot be read as JSON");
        }
    }

    /** Jackson's own message quotes the input. */
    private static String place(JsonLocation at) {
        return at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value, String what) {
        if (value instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw new BadEvent(400, what + " is not a JSON object. Send one, the initial store; {} for none");
    }

    /** {@return the type without its parameters; empty if there is none} @throws BadEvent if it is no kind of JSON */
    static String mediaType(String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !type.equals("application/json")
                && !(type.startsWith("application/") && type.endsWith("+json"))) {
            throw new BadEvent(415, "content type '" + type + "' is not taken. Send application/json, or a CloudEvent "
                    + "(application/cloudevents+json, or ce- headers with JSON data)");
        }
        return type;
    }
}
