package dev.pocketflow.quarkus.internal.cloudevent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import dev.pocketflow.quarkus.BadEvent;

/**
 * The checked attributes that a CloudEvent 1.0 must have (<a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#type-system">type system</a>), and their form in
 * headers (<a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP
 * binding</a>, 3.1.3.2). No message quotes a value.
 *
 * @param source the source of the event
 * @param id the event's id, unique at its source
 */
public record CloudEventAttributes(String source, String id) {

    /** The names of the attributes that each CloudEvent must have. */
    public static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    /** The most characters of a value. The specification has no limit; a whole event should fit into 64 KiB. */
    private static final int MOST_CHARACTERS = 4_096;
    private static final String HEX = "0123456789ABCDEF";

    /** {@return whether there is any header that only a CloudEvent in binary mode has} */
    public static boolean areIn(UnaryOperator<String> header) {
        return REQUIRED.stream().anyMatch(name -> header.apply("ce-" + name) != null);
    }

    /** {@return the attributes in the headers of an event in binary mode} */
    public static CloudEventAttributes binary(UnaryOperator<String> header) {
        return of(name -> {
            String value = header.apply("ce-" + name);
            return value == null ? null : decoded(name, value);
        });
    }

    /** {@return the attributes among the members of an event in structured mode} */
    public static CloudEventAttributes structured(Map<String, Object> event) {
        return of(name -> event.get(name) instanceof String text ? text : null);
    }

    private static CloudEventAttributes of(UnaryOperator<String> attribute) {
        Map<String, String> values = new TreeMap<>();
        for (String name : REQUIRED) {
            String value = attribute.apply(name);
            if (value != null && !value.isEmpty()) {
                values.put(name, value);
            }
        }
        List<String> missing = REQUIRED.stream().filter(name -> !values.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new BadEvent(400, "the CloudEvent has no " + String.join(", ", missing));
        }
        values.forEach(CloudEventAttributes::check);
        if (!values.get("specversion").startsWith("1.")) {
            throw new BadEvent(400, "the CloudEvent's specversion is not 1.0");
        }
        return new CloudEventAttributes(values.get("source"), values.get("id"));
    }

    private static void check(String name, String value) {
        if (value.length() > MOST_CHARACTERS) {
            throw new BadEvent(400, "the CloudEvent's " + name + " has more than " + MOST_CHARACTERS + " characters. Send a "
                    + "shorter one");
        }
        if (!value.codePoints().allMatch(CloudEventAttributes::isAllowed)) {
            throw new BadEvent(400, "the CloudEvent's " + name + " has a character that no attribute may have: a control "
                    + "character, half a surrogate pair or a noncharacter of Unicode. Send one without");
        }
    }

    private static boolean isAllowed(int character) {
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE
                && (character & 0xFFFE) != 0xFFFE && (character < 0xFDD0 || character > 0xFDEF);
    }

    /**
     * {@return the value of a header}. Quoted strings are unquoted first, because older versions of the binding wrote them.
     * Then percent-encoding is decoded once.
     *
     * @param name the attribute's name
     * @throws BadEvent if the header does not conform to the binding
     */
    public static String decoded(String name, String header) {
        if (header.chars().allMatch(each -> each >= ' ' && each < 0x7F && each != '%' && each != '"')) {
            return header;
        }
        String text = header.indexOf('"') < 0 ? header : unquoted(name, header);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '%') {
                bytes.write(hex(name, text, i + 1) << 4 | hex(name, text, i + 2));
                i += 2;
            } else if (each < 0x7F) {
                bytes.write(each);
            } else {
                throw badHeader(name, "has a character that is not printable ASCII");
            }
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            throw badHeader(name, "encodes bytes that are not UTF-8");
        }
    }

    private static String unquoted(String name, String header) {
        StringBuilder text = new StringBuilder(header.length());
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char each = header.charAt(i);
            if (each == '"') {
                quoted = !quoted;
            } else if (quoted && each == '\\') {
                if (++i == header.length()) {
                    break;
                }
                text.append(header.charAt(i));
            } else {
                text.append(each);
            }
        }
        if (quoted) {
            throw badHeader(name, "has a quotation mark without its pair");
        }
        return text.toString();
    }

    private static int hex(String name, String text, int index) {
        int digit = index < text.length() && text.charAt(index) < 0x7F ? Character.digit(text.charAt(index), 16) : -1;
        if (digit < 0) {
            throw badHeader(name, "has a % without two hexadecimal digits");
        }
        return digit;
    }

    private static BadEvent badHeader(String name, String problem) {
        return new BadEvent(400,
                "the header ce-" + name + " " + problem + ". Encode the value as the HTTP binding of CloudEvents "
                        + "says: %20 for a space, %22 for a quotation mark, %25 for a %, and each byte of UTF-8 beyond ASCII");
    }

    /** {@return the value as it is written in a header} */
    public static String encoded(String value) {
        return percent(value, "\"%");
    }

    /** {@return the text as one segment of the path of a URI} */
    public static String segment(String text) {
        return percent(text, "\"%/?#<>[]\\^`{|}");
    }

    private static String percent(String text, String special) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte each : text.getBytes(UTF_8)) {
            if (each > ' ' && each < 0x7F && special.indexOf(each) < 0) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(HEX.charAt(each >> 4 & 0xF)).append(HEX.charAt(each & 0xF));
            }
        }
        return encoded.toString();
    }
}
