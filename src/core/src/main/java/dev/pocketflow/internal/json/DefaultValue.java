package dev.pocketflow.internal.json;

import com.fasterxml.jackson.databind.JavaType;

/** The default of a key. Each run gets a copy, so that no run sees another run's changes of the value. Immutable. */
public final class DefaultValue {

    private final Object json;
    private final JavaType type; // null for an immutable value, which is its own copy

    private DefaultValue(Object json, JavaType type) {
        this.json = json;
        this.type = type;
    }

    /**
     * A default.
     *
     * @param value an object of the type; not null
     * @param type the type of the key
     * @throws RoundTripCheck.Changed if a copy would be another value
     */
    public static DefaultValue of(Object value, JavaType type) throws RoundTripCheck.Changed {
        if (RoundTripCheck.isPlain(value)) {
            return new DefaultValue(value, null);
        }
        RoundTripCheck.check(value, type);
        DefaultValue made = new DefaultValue(RoundTripCheck.write(value, type), type);
        if (!SameValue.is(value, made.copy())) { // a record whose key has the type Object
            throw new RoundTripCheck.Changed("", false, null);
        }
        return made;
    }

    /** {@return a new copy of the default, or the default itself if it is immutable} */
    public Object copy() {
        return type == null ? json : Json.MAPPER.convertValue(json, type);
    }
}
