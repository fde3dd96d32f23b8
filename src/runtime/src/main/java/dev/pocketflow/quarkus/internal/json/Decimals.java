package dev.pocketflow.quarkus.internal.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonPointer;

/**
 * The decimals that an envelope holds as texts. As texts they keep their digits and their scale, whoever passes the envelope
 * on. {@link ValueGenerator} writes them.
 */
public final class Decimals {

    /** The member with their places: JSON pointers (RFC 6901), relative to the object with this member. */
    static final String MEMBER = "decimals";

    private Decimals() {
    }

    /**
     * Replaces the texts by decimals, in place.
     *
     * @throws IllegalArgumentException if a place has no such text
     */
    public static void restore(JsonObjectReader members) {
        if (members.has(MEMBER)) {
            for (Object place : members.list(MEMBER)) {
                restore(members, place);
            }
        }
    }

    private static void restore(JsonObjectReader members, Object place) {
        if (!(place instanceof String text) || !text.startsWith("/")) {
            throw misplaced(members);
        }
        JsonPointer at = JsonPointer.compile(text);
        Object parent = members.values();
        while (!at.tail().matches()) {
            parent = child(parent, at);
            at = at.tail();
        }
        if (!(child(parent, at) instanceof String digits)) {
            throw misplaced(members);
        }
        set(parent, at, decimal(digits, members));
    }

    private static BigDecimal decimal(String digits, JsonObjectReader members) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw misplaced(members);
        }
    }

    private static Object child(Object parent, JsonPointer at) {
        if (parent instanceof Map<?, ?> object) {
            return object.get(at.getMatchingProperty());
        }
        int index = at.getMatchingIndex();
        return parent instanceof List<?> list && index >= 0 && index < list.size() ? list.get(index) : null;
    }

    @SuppressWarnings("unchecked")
    private static void set(Object parent, JsonPointer at, BigDecimal decimal) {
        if (parent instanceof Map<?, ?> object) {
            ((Map<String, Object>) object).put(at.getMatchingProperty(), decimal);
        } else {
            ((List<Object>) parent).set(at.getMatchingIndex(), decimal);
        }
    }

    private static IllegalArgumentException misplaced(JsonObjectReader members) {
        return new IllegalArgumentException(members.at(MEMBER) + " has a place without a decimal");
    }
}
