package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

/**
 * A JSON object in canonical form (<a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>; of numbers, see
 * {@link CanonicalNumber}): the same bytes for all that a re-serialisation may make of it. One pass; the members of an object
 * are
 * written as they come, and put in order only if they did not come in order.
 */
final class Canonical {

    /** Jackson's own defaults, which also hold for who reads the envelope then. */
    private static final int MAX_NUMBER = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;
    private static final int MAX_NAME = StreamReadConstraints.DEFAULT_MAX_NAME_LEN;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // UTF-8 and nothing else; names are not kept, as anybody may have made them up
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(MAX_NUMBER)
                    .maxNameLength(MAX_NAME)
                    .build())
            .build();

    private record Member(String name, int start, int end) implements Comparable<Member> {
        @Override
        public int compareTo(Member other) {
            return name.compareTo(other.name);
        }
    }

    private final JsonParser parser;
    private final int maxDepth;
    private final String without;
    private final CanonicalBytes out;
    private final CanonicalNumber number = new CanonicalNumber();
    private String left;

    /** The names of the members of all the objects that are open, and where in the output each begins. */
    private String[] names = new String[32];
    private int[] starts = new int[32];
    private int members;

    private Canonical(JsonParser parser, int expected, int maxDepth, String without) {
        this.parser = parser;
        this.out = new CanonicalBytes(expected);
        this.maxDepth = maxDepth;
        this.without = without;
    }

    /**
     * What is in an object besides one member.
     *
     * @param bytes the canonical form of the object without that member
     * @param member the text of that member, null if there is none
     */
    record Rest(byte[] bytes, String member) {
    }

    /**
     * The canonical form of an object.
     *
     * @throws EnvelopeRefused if it is no JSON object in UTF-8, or ambiguous, or too deep, or has a number or a name that is
     *         too long
     */
    static byte[] of(byte[] json, int maxDepth) {
        return without(null, json, maxDepth).bytes;
    }

    /** The same without one of its own members, whose value has to be a string; with all of them if that is null. */
    static Rest without(String member, byte[] json, int maxDepth) {
        utf8(json);
        try (JsonParser parser = FACTORY.createParser(json)) {
            Canonical canonical = new Canonical(parser, json.length + 16, maxDepth, member);
            canonical.document();
            return new Rest(canonical.out.toArray(), canonical.left);
        } catch (StreamConstraintsException e) {
            throw new EnvelopeRefused(Reason.TOO_LARGE,
                    "the envelope has a number of more than " + MAX_NUMBER + " digits, or a name of more than " + MAX_NAME
                            + " characters. Put them into the store as strings");
        } catch (JsonProcessingException e) {
            // its message quotes the text
            throw malformed("no JSON, at byte " + e.getLocation().getByteOffset());
        } catch (IOException e) {
            throw malformed("no JSON");
        }
    }

    /** Jackson takes some of what is no UTF-8. */
    private static void utf8(byte[] json) {
        for (byte b : json) {
            if (b < 0) {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
                    return;
                } catch (CharacterCodingException e) {
                    throw malformed("no UTF-8");
                }
            }
        }
    }

    private void document() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw malformed("no JSON object");
        }
        object(1);
        if (parser.nextToken() != null) {
            throw malformed("followed by something, at " + where());
        }
    }

    private void value(JsonToken token, int depth) throws IOException {
        switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT -> number(true);
            case VALUE_NUMBER_FLOAT -> number(false);
            case VALUE_TRUE -> out.ascii("true");
            case VALUE_FALSE -> out.ascii("false");
            case VALUE_NULL -> out.ascii("null");
            default -> throw malformed("no JSON, at " + where());
        }
    }

    private void object(int depth) throws IOException {
        enter(depth);
        out.add('{');
        int first = members;
        boolean inOrder = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (depth == 1 && name.equals(without)) {
                leave(token);
                continue;
            }
            inOrder &= members == first || comesAfter(names[members - 1], name);
            member(name);
            value(token, depth);
            out.add(',');
        }
        if (!inOrder) {
            sort(first);
        }
        close('}', members > first);
        members = first;
    }

    private void array(int depth) throws IOException {
        enter(depth);
        out.add('[');
        boolean any = false;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            value(token, depth);
            out.add(',');
            any = true;
        }
        close(']', any);
    }

    private void enter(int depth) {
        if (depth > maxDepth) {
            throw new EnvelopeRefused(Reason.TOO_DEEP, "the envelope is nested more than " + maxDepth
                    + " deep. Make the store flatter, or raise pocketflow.envelope.max-depth");
        }
    }

    /** Each member is followed by a comma, so that they can be moved; the last one's goes here. */
    private void close(char bracket, boolean any) {
        if (any) {
            out.removeLast();
        }
        out.add(bracket);
    }

    private void leave(JsonToken token) throws IOException {
        if (left != null) {
            throw twice();
        }
        if (token != JsonToken.VALUE_STRING) {
            throw new EnvelopeRefused(Reason.BAD_SEAL, "the envelope's " + without + " is no text");
        }
        left = parser.getText();
    }

    private void member(String name) {
        if (members == names.length) {
            names = Arrays.copyOf(names, members * 2);
            starts = Arrays.copyOf(starts, members * 2);
        }
        names[members] = name;
        starts[members++] = out.size();
        check(out.string(name), "half a surrogate pair");
        out.add(':');
    }

    /** The order is that of UTF-16 code units, which is that of {@link String}. */
    private boolean comesAfter(String previous, String name) {
        int order = name.compareTo(previous);
        if (order == 0) {
            throw twice();
        }
        return order > 0;
    }

    private void sort(int first) {
        int from = starts[first];
        byte[] asTheyCame = out.from(from);
        Member[] sorted = new Member[members - first];
        for (int i = first; i < members; i++) {
            int end = i + 1 < members ? starts[i + 1] : out.size();
            sorted[i - first] = new Member(names[i], starts[i] - from, end - from);
        }
        Arrays.sort(sorted);
        int at = from;
        String previous = null;
        for (Member member : sorted) {
            if (member.name.equals(previous)) {
                throw twice();
            }
            out.set(at, asTheyCame, member.start, member.end - member.start);
            at += member.end - member.start;
            previous = member.name;
        }
    }

    private void string() throws IOException {
        check(out.string(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()), "half a surrogate pair");
    }

    private void number(boolean integer) throws IOException {
        check(number.write(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), integer, out),
                "a number with an exponent of more than five digits");
    }

    private void check(boolean written, String otherwise) {
        if (!written) {
            throw malformed("no JSON that can be sealed: it has " + otherwise + ", before " + where());
        }
    }

    private EnvelopeRefused twice() {
        return malformed("ambiguous: a name stands twice in one object, before " + where());
    }

    private String where() {
        return "byte " + parser.currentLocation().getByteOffset();
    }

    private static EnvelopeRefused malformed(String what) {
        return new EnvelopeRefused(Reason.MALFORMED, "the envelope is " + what);
    }
}
