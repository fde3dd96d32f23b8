package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.pocketflow.engine.position.Position;

/** A value that was put by a typed key is read after a hand-over as an equal value of the same type. */
class TravellingTypesTest {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({ @JsonSubTypes.Type(value = Circle.class, name = "circle"),
            @JsonSubTypes.Type(value = Square.class, name = "square") })
    sealed interface Shape {
    }

    record Circle(int radius) implements Shape {
    }

    record Square(double side, String name) implements Shape {
    }

    record Drawing(String name, List<Shape> shapes, Map<String, Shape> named, Optional<Shape> first, Map<LocalDate, Mood> moods,
            Shape main) {
    }

    enum Mood {
        GOOD,
        BAD {
            @Override
            public String toString() {
                return "not good";
            }
        }
    }

    record Times(Instant instant, LocalDate date, LocalTime time, LocalDateTime dateTime, OffsetDateTime offset,
            ZonedDateTime zoned, Duration duration, Period period, Year year, YearMonth month, DayOfWeek day, ZoneId zone) {
    }

    private static final List<Shape> SHAPES = List.of(new Circle(2), new Square(1.5, "ä"));
    private static final Instant NOW = Instant.parse("2026-11-22T10:11:12.123456789Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    static List<Arguments> values() {
        return List.of(Arguments.of("text 𝄞 ü \u0000 \" \\ \u2028", String.class),
                Arguments.of(Long.MAX_VALUE, Long.class),
                Arguments.of(Integer.MIN_VALUE, Integer.class), Arguments.of((short) 3, Short.class),
                Arguments.of(0.1f, Float.class), Arguments.of(Double.MIN_VALUE, Double.class),
                Arguments.of(Double.MAX_VALUE, Double.class), Arguments.of(-0.0, Double.class), Arguments.of(5.0, Double.class),
                Arguments.of(Double.NaN, Double.class), Arguments.of(Double.NEGATIVE_INFINITY, Double.class),
                Arguments.of(true, Boolean.class), Arguments.of('ß', Character.class),
                Arguments.of(new BigInteger("123456789012345678901234567890"), BigInteger.class),
                Arguments.of(new BigDecimal("12345678901234567890.12345678901234567890"), BigDecimal.class),
                Arguments.of(new BigDecimal("1.50"), BigDecimal.class),
                Arguments.of(new BigDecimal("1E+400"), BigDecimal.class),
                Arguments.of(Mood.BAD, Mood.class), Arguments.of(new UUID(1, 2), UUID.class),
                Arguments.of(new Circle(7), Shape.class), Arguments.of(new Circle(7), Circle.class),
                Arguments.of(new Square(0.1, null), Shape.class), Arguments.of(new byte[] { 1, -1, 0 }, byte[].class),
                Arguments.of(new int[] { 1, 2 }, int[].class), Arguments.of(new Shape[] { new Circle(1) }, Shape[].class),
                Arguments.of(new Drawing("d", SHAPES, Map.of("x", new Circle(1)), Optional.of(new Square(2, "s")),
                        Map.of(LocalDate.EPOCH, Mood.BAD), new Circle(9)), Drawing.class),
                Arguments.of(new Drawing(null, null, Map.of(), Optional.empty(), null, null), Drawing.class),
                Arguments.of(NOW, Instant.class), Arguments.of(Duration.ofNanos(1_234_567_890_123L), Duration.class),
                Arguments.of(ZonedDateTime.ofInstant(NOW, BERLIN), ZonedDateTime.class),
                Arguments.of(OffsetDateTime.ofInstant(NOW, ZoneOffset.ofHours(-7)), OffsetDateTime.class),
                Arguments.of(times(), Times.class));
    }

    private static Times times() {
        LocalDateTime local = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 1);
        return new Times(NOW, local.toLocalDate(), local.toLocalTime(), local, local.atOffset(ZoneOffset.ofHours(3)),
                local.minusHours(4).atZone(BERLIN), Duration.ofDays(-3), Period.of(1, 2, 3), Year.of(2026),
                YearMonth.of(2026, 2), DayOfWeek.MONDAY, BERLIN);
    }

    private static Store travelled(Store store) {
        return EnvelopeRoundTrip.of(new Envelope("run", "flow", 1, 1, Map.of(), Position.START, store, List.of())).store();
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void typedValue_isEqualAfterTwoHops(T value, Class<T> type) {
        Key<T> key = Key.of("value", type);
        Store once = travelled(Store.create().put(key, value));

        assertThat(travelled(once).get(key)).as("not read between").isEqualTo(value);
        assertThat(once.get(key)).isEqualTo(value).hasSameClassAs(value);
        assertThat(travelled(once).get(key)).as("read between").isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void listOfTypedValues_isEqualAfterAHop(T value, Class<T> type) {
        Key<List<T>> key = Key.listOf("values", type);
        List<T> values = new ArrayList<>(Arrays.asList(value, null, value));

        List<T> back = travelled(Store.create().put(key, values)).get(key);

        assertThat(back).hasSize(3);
        assertThat(back.get(0)).isEqualTo(value);
        assertThat(back.get(1)).isNull();
        back.add(value);
    }

    /** The value is put by its name and read by its key, which nodes of one graph may do. */
    @ParameterizedTest
    @MethodSource("values")
    <T> void valuePutByPlainName_isReadByItsKeyAfterAHop(T value, Class<T> type) {
        Key<T> key = Key.of("value", type);
        Store store = Store.create().put("value", value);

        assertThat(travelled(store).get(key)).isEqualTo(value);
        assertThat(store.get(key)).isEqualTo(value);
        assertThat(travelled(store).get(key)).as("read before").isEqualTo(value);
    }

    record Page<T>(List<T> items, Map<String, T> named, Optional<T> first) {
        static <T> Page<T> of(T value) {
            return new Page<>(List.of(value, value), Map.of("x", value), Optional.of(value));
        }
    }

    static List<Arguments> generic() {
        return List.of(Arguments.of(Key.of("value", new TypeRef<Page<Circle>>() {
        }), Page.of(new Circle(1))), Arguments.of(Key.of("value", new TypeRef<Page<Shape>>() {
        }), Page.of(new Circle(1))), Arguments.of(Key.of("value", new TypeRef<Page<Page<Instant>>>() {
        }), Page.of(Page.of(NOW))), Arguments.of(Key.of("value", new TypeRef<Page<BigDecimal>>() {
        }), Page.of(new BigDecimal("1.50"))), Arguments.of(Key.of("value", new TypeRef<Map<String, List<Mood>>>() {
        }), Map.of("a", List.of(Mood.BAD))), Arguments.of(Key.of("value", new TypeRef<Map<LocalDate, Set<Long>>>() {
        }), Map.of(LocalDate.EPOCH, Set.of(1L, 2L))), Arguments.of(Key.of("value", new TypeRef<Optional<Square>>() {
        }), Optional.of(new Square(1, "a"))), Arguments.of(Key.of("value", new TypeRef<List<Page<Circle>>[]>() {
        }), new List<?>[] { List.of(Page.of(new Circle(1))) }),
                Arguments.of(Key.mapOf("value", Shape.class), Map.of("a", new Circle(1), "b", new Square(2, "s"))),
                Arguments.of(Key.mapOf("value", Long.class), Map.of("a", 1L)),
                Arguments.of(Key.listOf("value", Circle.class), List.of(new Circle(1))),
                Arguments.of(Key.of("value", new TypeRef<Page<Circle>>() {
                }).secret(), Page.of(new Circle(1))), Arguments.of(Key.mapOf("value", Circle.class).secret(),
                        Map.of("a", new Circle(1))));
    }

    @ParameterizedTest
    @MethodSource("generic")
    <T> void valueOfAGenericType_isEqualAfterTwoHops(Key<T> key, T value) {
        Store once = travelled(Store.create().put(key, value));

        assertThat(travelled(once).get(key)).as("not read between").isEqualTo(value);
        assertThat(once.get(key)).isEqualTo(value);
        assertThat(travelled(once).get(key)).as("read between").isEqualTo(value);
    }

    @Test
    void null_staysNull() {
        Key<Shape> key = Key.of("shape", Shape.class);
        Store back = travelled(Store.create().put(key, null).put("raw", null));

        assertThat(back.get(key)).isNull();
        assertThat(back.asMap()).containsOnlyKeys("shape", "raw");
    }

    /**
     * An object of a subclass of the key's type, without type information, is read back as the key's type by Jackson's rules.
     */
    @Test
    void interfaceWithoutTypeInformation_isWrittenByTheValuesOwnClass() {
        Store store = Store.create().put(Key.of("text", CharSequence.class), "abc").put(Key.of("n", Number.class), 5)
                .put(Key.of("any", Serializable.class), "x");

        assertThat(travelled(store).asMap()).isEqualTo(Map.of("text", "abc", "n", 5, "any", "x"));
    }

    @Test
    void rawValues_areJsonsAfterAHop() {
        Map<Object, Object> odd = new LinkedHashMap<>();
        odd.put(1, Set.of('x'));
        odd.put(Mood.BAD, new Circle(1).radius);
        Store store = Store.create().put("long", 5L).put("float", 0.5f).put("odd", odd).put("list", List.of(1L, 2.5, "x", true))
                .put("big", Long.MAX_VALUE);

        assertThat(travelled(store).asMap())
                .isEqualTo(Map.of("long", 5, "float", 0.5, "odd", Map.of("1", List.of("x"), "BAD", 1),
                        "list", List.of(1, 2.5, "x", true), "big", Long.MAX_VALUE));
    }

    @Test
    void keysOfAnyName_andTheirOrder_areKept() {
        Store store = Store.create().put("z", 1).put("", 2).put("a.b[\"c\"]\n𝄞", 3).put(Key.secret("s", String.class), "x")
                .put("pocketflow", 4);

        assertThat(travelled(store).asMap().keySet()).containsExactly("z", "", "a.b[\"c\"]\n𝄞", "s", "pocketflow");
    }
}
