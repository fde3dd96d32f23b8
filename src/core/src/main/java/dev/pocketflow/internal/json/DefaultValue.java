package dev.pocketflow.internal.json;

import com.fasterxml.jackson.databind.JavaType;

/** The default of a key. A run gets a copy, so that no run sees what another one does to the value. Immutable. */
public final class DefaultValue {

    private final Object json;
    private final JavaType type; // null for a value that cannot be changed: it is its own copy

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
        if (!SameValue.is(value, made.copy())) { // a record, of a key of Object
            throw new RoundTripCheck.Changed("", false, null);
        }
        return made;
    }

    /** {@return the value, which no other caller gets} */
    public Object copy() {
        return type == null ? json : Json.MAPPER.convertValue(json, type);
    }
}
