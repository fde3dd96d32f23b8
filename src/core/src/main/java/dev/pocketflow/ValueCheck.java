package dev.pocketflow;

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

import dev.pocketflow.internal.Json;
import dev.pocketflow.internal.JsonValues;
import dev.pocketflow.internal.OneLine;
import dev.pocketflow.internal.SameValue;

/**
 * Finds a value that would be another one after a hop: it is written as JSON, read back, compared, and written again. That
 * costs
 * more than most steps do, so it is for dev and test: {@link Run#checkValues()}.
 */
final class ValueCheck {

    private ValueCheck() {
    }

    /** Checks a value of the store. */
    static void check(String name, Object value, JavaType type) {
        try {
            check(value, type);
        } catch (Changed e) {
            if (e.getCause() instanceof StreamConstraintsException outside) {
                throw new FlowException.BadValue(name,
                        "in the value of store key '" + OneLine.of(name) + "', " + outside.getOriginalMessage());
            }
            throw e.unwritable ? new FlowException.BadValue(name, e.type, e.getCause())
                    : FlowException.BadValue.changed(name, value, e.getCause());
        }
    }

    /** @param what such as {@code the result} */
    static void check(Object value, JavaType type, String what) {
        try {
            check(value, type);
        } catch (Changed e) {
            if (e.getCause() instanceof StreamConstraintsException outside) {
                throw new FlowException("in " + what + ", " + outside.getOriginalMessage());
            }
            throw new FlowException(e.unwritable
                    ? e.type + what
                            + " cannot be written as JSON. Use only JSON-shaped ones, or of types that Jackson can write"
                    : what + " would be another value after a hop. " + FlowException.BadValue.HOW_TO_KEEP, e.getCause());
        }
    }

    /** A value that does not survive. */
    private static final class Changed extends Exception {
        private static final long serialVersionUID = 1;
        private final String type; // in the value, that has no JSON; "" where that is not known
        private final boolean unwritable;

        Changed(String type, boolean unwritable, Throwable cause) {
            super(null, cause, false, false);
            this.type = type;
            this.unwritable = unwritable;
        }
    }

    /** @param type as declared; {@code Object} where that is not known */
    private static void check(Object value, JavaType type) throws Changed {
        if (isPlain(value)) {
            return;
        }
        if (type == null || type.isJavaLangObject()) {
            write(value, null); // finds cycles before they are walked
            undeclared(value);
        } else {
            declared(value, type, true);
        }
    }

    private static boolean isPlain(Object value) {
        return value == null || value instanceof String || value instanceof Boolean || value instanceof Integer
                || value instanceof Long;
    }

    /** Put by a plain name: what is in it may be read by a key later, as the type that it has now. */
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

    /** {@return whether its JSON is an object or an array: of a text, JSON is all that there is to know} */
    private static boolean hasParts(Object value) throws Changed {
        Object tree = write(value, null);
        return tree instanceof Map || tree instanceof Collection && !value.getClass().isArray();
    }

    /** @param comparable false where the type leaves parameters open */
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

    private static Object write(Object value, JavaType type) throws Changed {
        try {
            byte[] json = Json.MAPPER.writeValueAsBytes(Typed.of(value, type));
            return JsonValues.readScaled(Json.MAPPER.getFactory(), json); // refuses what no envelope takes
        } catch (JsonProcessingException e) {
            throw new Changed(e instanceof InvalidDefinitionException no ? no.getType().toCanonical() + " in " : "", true, e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new Changed("", true, e);
        }
    }
}
