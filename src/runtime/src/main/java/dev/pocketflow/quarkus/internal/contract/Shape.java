package dev.pocketflow.quarkus.internal.contract;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JavaType;

/** The JSON that a value of a Java type is read from. {@link ShapeCheck} checks it, and {@link JsonSchema} describes it. */
sealed interface Shape {

    /** Any JSON. Jackson alone decides whether a type whose shape is not known accepts it. */
    Shape ANY = new Any();
    Shape BOOLEAN = new Bool();

    /** {@return what is expected, for a message} */
    String expected();

    /** {@return whether JSON's null is a value of it} */
    default boolean takesNull() {
        return false;
    }

    /** Any JSON. */
    record Any() implements Shape {
        @Override
        public String expected() {
            return "any JSON";
        }

        @Override
        public boolean takesNull() {
            return true;
        }
    }

    /** A value that Jackson reads in a way of its own: it alone decides. */
    record Opaque(JavaType type) implements Shape {
        @Override
        public String expected() {
            return "a value for " + type.getRawClass().getSimpleName();
        }
    }

    /** True or false. */
    record Bool() implements Shape {
        @Override
        public String expected() {
            return "true or false";
        }
    }

    /**
     * A text.
     *
     * @param format its name in JSON Schema, such as {@code date-time}; empty without one
     * @param values the accepted texts; empty if all are
     * @param type the class that Jackson reads the text as; {@code String} if it accepts every text
     */
    record Text(Optional<String> format, List<String> values, Class<?> type) implements Shape {
        static final Text PLAIN = new Text(Optional.empty(), List.of(), String.class);

        /** {@return whether it is one character} */
        boolean single() {
            return type == Character.class;
        }

        @Override
        public String expected() {
            return !values.isEmpty() ? "one of " + values
                    : single() ? "one character"
                            : format.map(name -> "a text of the format " + name)
                                    .orElse("a text");
        }
    }

    /** A number between two bounds, whole or not. */
    record Numeric(boolean whole, Optional<BigDecimal> least, Optional<BigDecimal> most) implements Shape {

        static Numeric whole(long least, long most) {
            return new Numeric(true, Optional.of(BigDecimal.valueOf(least)), Optional.of(BigDecimal.valueOf(most)));
        }

        static Numeric upTo(double most) {
            return new Numeric(false, Optional.of(new BigDecimal(-most)), Optional.of(new BigDecimal(most)));
        }

        /** {@return a bound for a message} */
        String bound(Optional<BigDecimal> bound) {
            return bound.map(value -> whole ? value.toString() : Double.toString(value.doubleValue())).orElse("any number");
        }

        @Override
        public String expected() {
            return whole ? "a whole number" : "a number";
        }
    }

    /** A list. */
    record Items(Shape each) implements Shape {
        @Override
        public String expected() {
            return "a list";
        }
    }

    /** An object with any names. */
    record Entries(Shape each) implements Shape {
        @Override
        public String expected() {
            return "an object";
        }
    }

    /** A value or null. */
    record Nullable(Shape of) implements Shape {
        static Shape of(Shape shape) {
            return shape.takesNull() ? shape : new Nullable(shape);
        }

        @Override
        public String expected() {
            return of.expected() + " or null";
        }

        @Override
        public boolean takesNull() {
            return true;
        }
    }

    /** A member of an object. */
    record Member(Shape shape, boolean required, Optional<String> description) {
    }

    /** An object with named members. It is not a record, since a class may hold itself. */
    final class Fields implements Shape {
        final String name;
        /** True if other members are accepted. */
        final boolean open;
        final Map<String, Member> members = new LinkedHashMap<>();

        Fields(String name, boolean open) {
            this.name = name;
            this.open = open;
        }

        @Override
        public String expected() {
            return "an object";
        }
    }
}
