package dev.pocketflow.quarkus.internal.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import dev.pocketflow.FlowException;
import dev.pocketflow.Store;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.internal.cloudevent.CloudEventAttributes;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity.Kind;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.json.RawMember;
import dev.pocketflow.quarkus.internal.response.OutcomeWriter;

/**
 * Parses an event: the start of a run, an envelope, or a command (see {@link CommandParser}). Its JSON object stands alone, or
 * is the data of a CloudEvent 1.0 in binary or structured mode
 * (<a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">specification</a>),
 * or is in a dead letter (see {@link DeadLetterParser}).
 */
public final class EventParser {

    /** The headers that {@link #http} reads. */
    public static final List<String> HEADERS = List.of("Content-Type", "traceparent", "Idempotency-Key", "ce-specversion",
            "ce-id",
            "ce-source", "ce-type");

    /** The member that marks an envelope or a command. The initial store of a new run does not have it. */
    static final String ENVELOPE = "pocketflow";
    private static final byte[] SENT = "{\"pocketflow\":1,\"run\":".getBytes(StandardCharsets.US_ASCII);
    /** The most dead letters around one event. A destination's record in a notification in a message is three. */
    private static final int MOST_LETTERS = 5;
    private static final Consumer<byte[]> UNCOUNTED = json -> {
    };
    private static final String TAKEN = "Send application/json, or a CloudEvent (application/cloudevents+json, or ce- headers "
            + "with JSON data)";
    private static final Pattern JSON = Pattern.compile("application/[\\w.-]+\\+json");

    /**
     * The origin of an event.
     *
     * @param platform whether a platform delivered it that lets no strangers send: then the ids in a dead letter are trusted
     * @param sender the name of the authenticated sender; null without one. An identity that a sender chooses belongs to that
     *        sender
     * @param letters the number of dead letters around it
     * @param decoded receives JSON that was encoded in the body, before it is parsed
     */
    private record Origin(boolean platform, String sender, int letters, Consumer<byte[]> decoded) {

        Origin inside() {
            return new Origin(platform, sender, letters + 1, decoded);
        }

        EntryEvent cloudEvent(EntryEvent input, CloudEventAttributes attributes) {
            return sender == null ? input.withIdentity(Kind.CLOUD_EVENT, attributes.source(), attributes.id())
                    : input.withIdentity(Kind.CLOUD_EVENT, attributes.source(), attributes.id(), sender);
        }

        EntryEvent keyed(EntryEvent input, String key) {
            if (key == null || key.isBlank()) {
                return input;
            }
            return sender == null ? input.withIdentity(Kind.IDEMPOTENCY_KEY, key)
                    : input.withIdentity(Kind.IDEMPOTENCY_KEY, key, sender);
        }
    }

    private EventParser() {
    }

    /** {@return an event that arrived over HTTP, whatever memory it needs} */
    public static EntryEvent http(byte[] body, UnaryOperator<String> header, String sender) {
        return http(body, header, sender, UNCOUNTED);
    }

    /**
     * {@return an event that arrived over HTTP, in the form that its headers state}
     *
     * @param sender the name of the authenticated sender; null without one
     * @param decoded receives JSON that was encoded in the body, before it is parsed: its structure was not visible before
     */
    public static EntryEvent http(byte[] body, UnaryOperator<String> header, String sender, Consumer<byte[]> decoded) {
        Origin origin = new Origin(false, sender, 0, decoded);
        if (contentType(header.apply("Content-Type")).equals("application/cloudevents+json")) {
            return structured(object(body, "the CloudEvent"), body, origin);
        }
        EntryEvent input = input(object(body, "the body"), body, header.apply("traceparent"), origin);
        return CloudEventAttributes.areIn(header) ? origin.cloudEvent(input, CloudEventAttributes.binary(header))
                : origin.keyed(input, header.apply("Idempotency-Key"));
    }

    public static boolean isCloudEvent(UnaryOperator<String> header) {
        return header.apply("ce-specversion") != null
                || contentType(header.apply("Content-Type")).equals("application/cloudevents+json");
    }

    /**
     * Parses an event from a platform that states no form. An object with a version and data, or with all required attributes,
     * is a CloudEvent.
     */
    public static EntryEvent direct(byte[] event) {
        return isSent(event) ? new EntryEvent.ResumeRun(event)
                : direct(object(event, "the event"), event, null, new Origin(true, null, 0, UNCOUNTED));
    }

    /** {@return an event of a platform, as it is} @throws BadEvent if it is not a JSON object */
    public static Map<String, Object> object(byte[] event) {
        return object(event, "the event");
    }

    /** {@return whether the event is an envelope or a command: it belongs to a run that began before} */
    public static boolean isForARun(Map<String, Object> event) {
        return CommandParser.is(event) || isEnvelope(event);
    }

    private static EntryEvent direct(Map<String, Object> object, byte[] event, String traceparent, Origin origin) {
        boolean cloudEvent = object.containsKey("specversion")
                && (object.containsKey("data") || object.keySet().containsAll(CloudEventAttributes.REQUIRED));
        return cloudEvent ? structured(object, event, origin) : input(object, event, traceparent, origin);
    }

    private static EntryEvent structured(Map<String, Object> event, byte[] whole, Origin origin) {
        CloudEventAttributes attributes = CloudEventAttributes.structured(event);
        if (event.get("datacontenttype") != null) {
            mediaType(event.get("datacontenttype").toString());
        }
        return origin.cloudEvent(data(event, whole, origin), attributes);
    }

    private static EntryEvent data(Map<String, Object> event, byte[] whole, Origin origin) {
        String traceparent = event.get("traceparent") instanceof String text ? text : null;
        Object data = event.get("data");
        if (data != null && event.get("data_base64") != null) {
            throw new BadEvent(400, "the CloudEvent has both data and data_base64. Send one of them");
        }
        if (data == null && event.get("data_base64") instanceof String encoded) {
            byte[] decoded = base64(encoded);
            origin.decoded().accept(decoded);
            return input(object(decoded, "the CloudEvent's data"), decoded, traceparent, origin);
        }
        return input(map(data, "the CloudEvent's data"), RawMember.of(whole, "data"), traceparent, origin);
    }

    private static byte[] base64(String data) {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw new BadEvent(400, "the CloudEvent's data_base64 is not Base64");
        }
    }

    /** Keeps the bytes of an envelope unchanged: the seal covers more than is read here. */
    private static EntryEvent input(Map<String, Object> object, byte[] json, String traceparent, Origin origin) {
        if (CommandParser.is(object)) {
            return CommandParser.input(object);
        } else if (isEnvelope(object)) {
            return new EntryEvent.ResumeRun(json);
        }
        byte[] inside = DeadLetterParser.event(object, json);
        if (inside == null) {
            return new EntryEvent.StartRun(store(object), traceparent);
        }
        if (origin.letters() == MOST_LETTERS) {
            throw new BadEvent(400, "the event is in more than " + MOST_LETTERS + " dead letters, one inside the other. Take "
                    + "it out of some of them");
        }
        EntryEvent event = direct(object(inside, "the event in the dead letter"), inside, traceparent, origin.inside());
        return origin.platform() ? DeadLetterParser.identified(object, event) : event;
    }

    private static Store store(Map<String, Object> object) {
        try {
            return Store.of(object);
        } catch (FlowException.BadValue outside) {
            throw new BadEvent(400, outside.getMessage());
        }
    }

    /**
     * {@return whether it is an envelope as PocketFlow wrote it}. Its beginning decides. The whole envelope is read and checked
     * when it is opened; reading it here too would take a tenth of a hop's time.
     */
    public static boolean isSent(byte[] event) {
        return event != null && Arrays.equals(event, 0, Math.min(event.length, SENT.length), SENT, 0, SENT.length);
    }

    /**
     * {@return whether it is an envelope}. An envelope whose mark was changed is refused later, and does not become the store
     * of a new run.
     */
    private static boolean isEnvelope(Map<String, Object> object) {
        return object.containsKey(ENVELOPE) || object.keySet().containsAll(List.of("run", "hop", "nonce"))
                || object.size() == 2 && object.containsKey("jwe");
    }

    private static Map<String, Object> object(byte[] json, String what) {
        if (json == null || isBlank(json)) {
            throw new BadEvent(400, what + " is empty. Send a JSON object, the initial store; {} for none");
        }
        try {
            return map(OutcomeWriter.read(json), what);
        } catch (StreamConstraintsException e) { // its message names the limit, and quotes nothing
            throw new BadEvent(400,
                    what + " is not accepted: it exceeds a limit of the JSON parser: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new BadEvent(400, what + " is not valid JSON" + place(e.getLocation()));
        } catch (IOException e) {
            throw new BadEvent(400, what + " cannot be read as JSON");
        }
    }

    private static boolean isBlank(byte[] json) {
        for (byte letter : json) {
            if (letter != ' ' && letter != '\n' && letter != '\r' && letter != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Names the position only: Jackson's own message quotes the input. */
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

    /**
     * {@return the type of a request's body, without its parameters}
     *
     * @param contentType the header; null without one, and then a web page may have sent the body without permission
     * @throws BadEvent if it is not a kind of JSON
     */
    public static String contentType(String contentType) {
        if (contentType == null) {
            throw new BadEvent(415, "the content type is missing. " + TAKEN);
        }
        return mediaType(contentType);
    }

    /** {@return the type without its parameters} @throws BadEvent if it is not a kind of JSON */
    private static String mediaType(String contentType) {
        if (contentType.equals("application/json")) { // as most requests are
            return contentType;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !JSON.matcher(type).matches()
                || type.equals("application/cloudevents-batch+json")) {
            throw new BadEvent(415, "content type '" + LogText.of(type) + "' is not accepted. " + TAKEN);
        }
        return type;
    }
}
