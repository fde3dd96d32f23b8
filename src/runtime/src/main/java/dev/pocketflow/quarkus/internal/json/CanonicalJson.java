package dev.pocketflow.quarkus.internal.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.core.StreamReadConstraints;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

/**
 * A JSON object in canonical form (<a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>; {@link CanonicalNumber}
 * describes numbers). Each re-serialisation of an object has the same canonical bytes. It reads the object once. It writes the
 * members of an object in their order, and sorts them only if necessary.
 */
public final class CanonicalJson extends CanonicalTokens {

    private static final int MAX_NAME = StreamReadConstraints.DEFAULT_MAX_NAME_LEN;
    private static final byte[] POSITION = "position".getBytes(StandardCharsets.US_ASCII);
    /**
     * The additional depth of a value in the position of a run, compared with its depth in the store: a frame, its batch and
     * the items, with forks in forks around it.
     */
    static final int AROUND = 4 + 3 * JsonObjectReader.MAX_LEVELS;

    private final int maxDepth;
    private int limit; // at this position
    private final String without;
    private final byte[] leftOut;
    private String left;

    /** The members of all open objects; later entries are reused. */
    private CanonicalMember[] members = new CanonicalMember[32];
    private int open;
    /**
     * The number of members of the outermost object that are sorted in {@link #members} but not in the output; 0 if the output
     * is sorted.
     */
    private int sorted;

    private CanonicalJson(byte[] json, int maxDepth, String without) {
        super(json);
        this.maxDepth = maxDepth;
        this.limit = maxDepth;
        this.without = without;
        this.leftOut = without == null ? null : without.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an object.
     *
     * @throws EnvelopeRefused if it is not a JSON object in UTF-8, is ambiguous or too deep, or has a number or a name that is
     *         too long
     */
    public static CanonicalJson of(byte[] json, int maxDepth) {
        return without(null, json, maxDepth);
    }

    /** Reads an object and leaves out one of its own members, whose value must be a string; null leaves out nothing. */
    public static CanonicalJson without(String member, byte[] json, int maxDepth) {
        CanonicalJson canonical = new CanonicalJson(json, maxDepth, member);
        canonical.document();
        return canonical;
    }

    /** {@return the text of the member that was left out; null without one} */
    public String member() {
        return left;
    }

    public boolean isEmpty() {
        return out.size() == "{}".length();
    }

    /** {@return the canonical form} */
    public byte[] bytes() {
        return after("");
    }

    /** {@return the canonical form behind an ASCII prefix} */
    public byte[] after(String prefix) {
        CanonicalBytes whole = new CanonicalBytes(prefix.length() + out.size());
        whole.ascii(prefix);
        if (sorted == 0) {
            out.copy(0, out.size(), whole);
        } else {
            whole.add('{');
            put(0, sorted, out, 0, whole);
            whole.add('}');
        }
        return whole.toArray();
    }

    private void document() {
        space();
        if (peek() != '{') {
            throw malformed("not a JSON object");
        }
        object(1);
        space();
        if (at < json.length) {
            throw malformed("followed by more data, at byte " + at);
        }
        keep();
        if (!isAscii()) {
            utf8();
        }
    }

    private void utf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            throw malformed("no UTF-8");
        }
    }

    private void value(int depth) {
        switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void object(int depth) {
        enter(depth);
        int first = open;
        boolean inOrder = true;
        while (another('}', open == first)) {
            CanonicalMember member = name();
            if (depth == 1 && leftOut != null && member.is(leftOut)) {
                open--;
                leave(member, open == first);
                continue;
            }
            inOrder &= open == first + 1 || comesAfter(members[open - 2], member);
            if (depth == 1) {
                limit = member.is(POSITION) ? maxDepth + AROUND : maxDepth;
            }
            value(depth);
        }
        if (!inOrder) {
            int from = members[first].start;
            sort(first);
            if (depth > 1) {
                put(first, open, out.cut(from), from, out);
            } else {
                sorted = open;
            }
        }
        at++;
        open = first;
    }

    private void array(int depth) {
        enter(depth);
        boolean none = true;
        while (another(']', none)) {
            value(depth);
            none = false;
        }
        at++;
    }

    private void enter(int depth) {
        if (depth > limit) {
            throw new EnvelopeRefused(Reason.TOO_DEEP, "the envelope is nested more than " + maxDepth
                    + " deep. Make the store flatter, or raise quarkus.pocketflow.envelope.max-depth");
        }
        at++;
    }

    /** Reads a required comma; {@return whether another element follows, not the closing bracket} */
    private boolean another(char bracket, boolean first) {
        space();
        if (peek() == bracket) {
            return false;
        }
        if (!first) {
            expect(',');
            space();
        }
        return true;
    }

    /** Reads a name and its colon. */
    private CanonicalMember name() {
        CanonicalMember member = next();
        int start = at;
        member.start = position();
        boolean escaped = string();
        if (position() - member.start - 2 > MAX_NAME) {
            throw tooLong();
        }
        if (escaped) {
            byte[] text = text(start).getBytes(StandardCharsets.UTF_8);
            member.name(text, 0, text.length);
        } else {
            member.name(json, start + 1, at - 1);
        }
        space();
        expect(':');
        space();
        return member;
    }

    private CanonicalMember next() {
        if (open == members.length) {
            members = Arrays.copyOf(members, open * 2);
        }
        if (members[open] == null) {
            members[open] = new CanonicalMember();
        }
        return members[open++];
    }

    /** Removes a member, with its comma if it has one. */
    private void leave(CanonicalMember member, boolean first) {
        if (left != null) {
            throw twice();
        }
        if (peek() != '"') {
            throw new EnvelopeRefused(Reason.BAD_SEAL, "the envelope's " + without + " is not a text");
        }
        left = text(at);
        keep();
        out.truncate(first ? member.start : member.start - 1);
        if (first && another('}', true)) {
            expect(',');
            skip();
            space();
            if (peek() != '"') {
                throw noJson();
            }
        }
    }

    private boolean comesAfter(CanonicalMember previous, CanonicalMember member) {
        int order = member.compareTo(previous);
        if (order == 0) {
            throw twice();
        }
        return order > 0;
    }

    private void sort(int first) {
        keep();
        for (int i = first; i < open; i++) {
            members[i].end = i + 1 < open ? members[i + 1].start - 1 : out.size();
        }
        Arrays.sort(members, first, open);
        for (int i = first + 1; i < open; i++) {
            comesAfter(members[i - 1], members[i]);
        }
    }

    /**
     * Writes members, with commas between them.
     *
     * @param offset the position at which the source was cut
     */
    private void put(int first, int end, CanonicalBytes source, int offset, CanonicalBytes target) {
        for (int i = first; i < end; i++) {
            if (i > first) {
                target.add(',');
            }
            source.copy(members[i].start - offset, members[i].end - offset, target);
        }
    }

    private EnvelopeRefused twice() {
        return malformed("ambiguous: a name is used twice in one object, before byte " + at);
    }
}
