package dev.pocketflow.internal.json;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;

/**
 * Finds a value that changes in a hop. Writes it as JSON, reads it back, compares both, and writes it again. This costs more
 * than most steps do, so runs check values in dev and test only.
 */
public final class RoundTripCheck {

    /** The fix for a value that changes. */
    public static final String HOW_TO_KEEP = "Write all its members (not WRITE_ONLY, not @JsonIgnore), let Jackson read them, "
            + "and name its type by a key that leaves nothing open";

    private RoundTripCheck() {
    }

    /**
     * A value that changes in a hop. Its message is null. {@link #outside()} is the reader's message if a limit was exceeded.
     */
    public static final class Changed extends Exception {
        private static final long serialVersionUID = 1;
        private final String type;
        private final boolean unwritable;

        Changed(String type, boolean unwritable, Throwable cause) {
            super(null, cause, false, false);
            this.type = type;
            this.unwritable = unwritable;
        }

        /** {@return the type in the value that cannot be written as JSON, followed by {@code in}; empty if it is not known} */
        public String type() {
            return type;
        }

        /** {@return whether the value cannot be written; otherwise it changes when it is read back} */
        public boolean isUnwritable() {
            return unwritable;
        }

        /** {@return the limit of JSON readers that the value exceeds; null for none} */
        public String outside() {
            return getCause() instanceof StreamConstraintsException bound ? bound.getOriginalMessage() : null;
        }

        /** {@return the problem and the fix} @param what the name of the value, such as {@code the result} */
        public String problem(String what) {
            if (outside() != null) {
                return "in " + what + ", " + outside();
            }
            return unwritable
                    ? type + what
                            + " cannot be written as JSON. Use only JSON-shaped ones, or of types that Jackson can write"
                    : what + " would be another value after a hop. " + HOW_TO_KEEP;
        }
    }

    /**
     * Checks a value.
     *
     * @param type the declared type; {@code Object} or null if it is not known
     * @throws Changed if the value changes in a hop
     */
    public static void check(Object value, JavaType type) throws Changed {
        if (isPlain(value)) {
            return;
        }
        if (type == null || type.isJavaLangObject()) {
            write(value, null); // finds cycles before the code below follows them
            undeclared(value);
        } else {
            declared(value, type, true);
        }
    }

    static boolean isPlain(Object value) {
        return value == null || value instanceof String || value instanceof Boolean || value instanceof Integer
                || value instanceof Long;
    }

    /** Checks a value that was put by a plain name. A key may later read a part of it as the type that the part has now. */
    private static void undeclared(Object value) throws Changed {
        if (value instanceof Map<?, ?> map) {
            undeclared(map.values());
        } else if (value instanceof Collection<?> all) {
            for (Object each : all) {
                undeclared(each);
            }
        } else if (value instanceof Object[] array) {
            undeclared(Arrays.asList(array));
        } else if (!isPlain(value) && !(value instanceof JsonNode) && hasParts(value)) {
            Class<?> own = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
            declared(value, Json.MAPPER.constructType(own), own.getTypeParameters().length == 0);
        }
    }

    /** {@return whether its JSON is an object or an array} The JSON of other values is a complete description of them. */
    private static boolean hasParts(Object value) throws Changed {
        Object tree = write(value, null);
        return tree instanceof Map || tree instanceof Collection && !value.getClass().isArray();
    }

    /** @param comparable false if the type leaves parameters open */
    private static void declared(Object value, JavaType type, boolean comparable) throws Changed {
        if (value.getClass().isHidden()) { // a lambda
            throw new Changed(value.getClass().getName() + " in ", true, null);
        }
        Object tree = write(value, type);
        Object back;
        try {
            back = Json.MAPPER.convertValue(tree, type);
        } catch (IllegalArgumentException e) {
            throw new Changed("", false, e);
        }
        if (!Objects.equals(tree, write(back, type)) || comparable && !SameValue.is(value, back)) {
            throw new Changed("", false, null);
        }
    }

    static Object write(Object value, JavaType type) throws Changed {
        try {
            byte[] json = Json.MAPPER.writeValueAsBytes(TypedValue.of(value, type));
            return JsonValues.readScaled(Json.MAPPER.getFactory(), json); // refuses values that no envelope takes
        } catch (JsonProcessingException e) {
            throw new Changed(e instanceof InvalidDefinitionException no ? no.getType().toCanonical() + " in " : "", true, e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new Changed("", true, e);
        }
    }
}
