package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** The type of a value, the keys that read it, and its JSON. */
class StoreTypesTest {

    record Note(String text, int stars) {
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

    static final class Bean {
        public String name;
        public List<Note> notes;
    }

    private static final Key<List<Note>> NOTES = Key.listOf("notes", Note.class);
    private static final Map<String, Object> RAW_NOTE = Map.of("text", "hello", "stars", 3);

    private final Store store = Store.create();

    @Test
    void typedRead_convertsARawValueInPlace_once() {
        Key<Note> key = Key.of("note", Note.class);
        store.put("note", RAW_NOTE);

        Note read = store.get(key);

        assertThat(read).isEqualTo(new Note("hello", 3));
        assertThat(store.get(key)).isSameAs(read);
        assertThat(store.get("note")).isSameAs(read);
        assertThat(store.find(Key.of("note", Note.class))).containsSame(read);
        assertThat(store.asMap().get("note")).isSameAs(read);
    }

    @Test
    void listRead_isLive() {
        store.put("notes", List.of(RAW_NOTE));

        store.get(NOTES).add(new Note("more", 1));

        assertThat(store.get(Key.listOf("notes", Note.class))).containsExactly(new Note("hello", 3), new Note("more", 1));
        assertThat((List<?>) store.get("notes")).hasSize(2);
    }

    @Test
    void listPutByItsKey_isTheListRead() {
        List<Note> list = new ArrayList<>();

        store.put(NOTES, list);

        assertThat(store.get(NOTES)).isSameAs(list);
        assertThat(store.get(Key.listOf("notes", Object.class))).isSameAs(list);
        assertThat(store.get(NOTES)).isSameAs(list);
    }

    @Test
    void listPutByPlainName_isReadTypedElementByElement() {
        store.put("notes", Arrays.asList(new Note("a", 1), RAW_NOTE, null));

        assertThat(store.get(NOTES)).containsExactly(new Note("a", 1), new Note("hello", 3), null);
    }

    @Test
    void mapRead_isLive_andItsValuesAreTyped() {
        Key<Map<String, Note>> key = Key.mapOf("map", Note.class);
        store.put("map", Map.of("a", RAW_NOTE));

        store.get(key).put("b", new Note("more", 1));

        assertThat(store.get(key)).isEqualTo(Map.of("a", new Note("hello", 3), "b", new Note("more", 1)));
        assertThat(store.get(Key.mapOf("map", Object.class))).hasSize(2);
    }

    record Page<T>(List<T> items, T first) {
    }

    /** An object of a generic class does not know its type arguments. */
    @Test
    void genericObject_putByPlainName_isReadTyped() {
        Key<Page<Note>> key = Key.of("page", new TypeRef<>() {
        });
        store.put("page", new Page<Object>(List.of(RAW_NOTE), RAW_NOTE));

        assertThat(store.get(key)).isEqualTo(new Page<>(List.of(new Note("hello", 3)), new Note("hello", 3)));
        assertThat(store.get(key)).isSameAs(store.get(key));
    }

    @Test
    void mapOfOtherKeys_isReadByTheKeysType() {
        store.put("map", new LinkedHashMap<>(Map.of(1, "one")));

        assertThat(store.get(Key.mapOf("map", Object.class))).isEqualTo(Map.of("1", "one"));
        assertThat(store.get(Key.of("map", new TypeRef<Map<Integer, String>>() {
        }))).isEqualTo(Map.of(1, "one"));
    }

    @Test
    void objectOfTheType_putByPlainName_isNotCopied() {
        Bean bean = new Bean();

        store.put("bean", bean);

        assertThat(store.get(Key.of("bean", Bean.class))).isSameAs(bean);
        assertThat(store.get(Key.of("bean", Object.class))).isSameAs(bean);
    }

    static List<Arguments> readable() {
        return List.of(Arguments.of(5, int.class, 5), Arguments.of(5, Long.class, 5L), Arguments.of(5L, int.class, 5),
                Arguments.of(5, double.class, 5.0), Arguments.of(true, boolean.class, true), Arguments.of("x", char.class, 'x'),
                Arguments.of(1.5, BigDecimal.class, new BigDecimal("1.5")), Arguments.of("GOOD", Mood.class, Mood.GOOD),
                Arguments.of(Mood.BAD, Mood.class, Mood.BAD), Arguments.of("BAD", Mood.class, Mood.BAD),
                Arguments.of(RAW_NOTE, Note.class, new Note("hello", 3)),
                Arguments.of(Map.of("text", "x", "gone", 1), Note.class, new Note("x", 0)),
                Arguments.of(new Note("hello", 3), Object.class, new Note("hello", 3)));
    }

    @ParameterizedTest
    @MethodSource("readable")
    <T> void readableValue_isReadAsItsKeysType(Object raw, Class<T> type, T expected) {
        Key<T> key = Key.of("value", type);

        assertThat(store.put("value", raw).get(key)).isEqualTo(expected);
        assertThat(store.get(key)).isSameAs(store.get(key));
    }

    static List<Arguments> unreadable() {
        return List.of(Arguments.of("secret", Integer.class), Arguments.of(Map.of("secret", 1), Integer.class),
                Arguments.of("SECRET", Mood.class), Arguments.of(List.of("secret"), Note.class),
                Arguments.of(Map.of("stars", "secret"), Note.class), Arguments.of("secret", Bean.class));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    <T> void unreadableValue_isRefused_namingKeyAndTypes_butNotTheValue(Object raw, Class<T> type) {
        store.put("value", raw);

        assertThatExceptionOfType(FlowException.BadValue.class).isThrownBy(() -> store.get(Key.of("value", type)))
                .withMessage("store key 'value' holds a " + raw.getClass().getName() + ", which cannot be read as "
                        + type.getName() + ". It came with the input or an envelope: change what is sent, or the key's type")
                .satisfies(e -> assertThat(e.key()).isEqualTo("value"));
        assertThat(store.get("value")).isSameAs(raw);
    }

    /** The same happens to a class of which a native executable has no constructor. */
    @ParameterizedTest
    @ValueSource(classes = { Thread.class, Runnable.class })
    void typeThatJacksonCannotMake_isRefused_withTheWayOut(Class<?> type) {
        store.put("value", Map.of("secret", 1));

        assertThatExceptionOfType(FlowException.BadValue.class).isThrownBy(() -> store.get(Key.of("value", type)))
                .withMessageContaining("cannot be read as " + type.getName() + ". Jackson knows no way to make one.")
                .withMessageEndingWith("such as `static final Key<Note>`").withMessageNotContaining("secret");
    }

    static List<Arguments> lossy() {
        return List.of(Arguments.of(3.7, Integer.class), Arguments.of(3.7, long.class), Arguments.of("", Integer.class),
                Arguments.of("  ", Double.class), Arguments.of("", Mood.class), Arguments.of(5_000_000_000L, Integer.class));
    }

    /** A read replaces the value in place. It must not drop anything, since the store would lose it. */
    @ParameterizedTest
    @MethodSource("lossy")
    <T> void readThatWouldLoseTheValue_isRefused(Object raw, Class<T> type) {
        store.put("value", raw);

        assertThatExceptionOfType(FlowException.BadValue.class).isThrownBy(() -> store.get(Key.of("value", type)));
        assertThat(store.get("value")).isSameAs(raw);
    }

    @Test
    void valuesJacksonNeedsAModuleFor_arePutAndReadAsTheyAre() {
        Key<Instant> at = Key.of("at", Instant.class);
        Instant now = Instant.ofEpochSecond(1);
        store.put(at, now).put("maybe", Optional.of(1));

        assertThat(store.get(at)).isSameAs(now);
        assertThat(store.get(Key.of("maybe", new TypeRef<Optional<Object>>() {
        }))).contains(1);
    }

    @Test
    void json_roundTrip_keepsOrderNullsAndTypes() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        store.put("z", 1).put("none", null).put(NOTES, List.of(new Note("a", 1))).put("mood", Mood.BAD);

        String json = mapper.writeValueAsString(store);
        Store back = mapper.readValue(json, Store.class);

        assertThat(json).isEqualTo("{\"z\":1,\"none\":null,\"notes\":[{\"text\":\"a\",\"stars\":1}],\"mood\":\"BAD\"}");
        assertThat(back.asMap()).containsOnlyKeys("z", "none", "notes", "mood");
        assertThat(back.get(NOTES)).containsExactly(new Note("a", 1));
        assertThat(back.get(Key.of("mood", Mood.class))).isEqualTo(Mood.BAD);
        assertThat(mapper.writeValueAsString(back)).isEqualTo(json);
    }

    /** Quarkus's mapper knows the names of parameters. */
    @Test
    void json_isReadByAMapperThatKnowsParameterNames() throws Exception {
        ObjectMapper mapper = new ObjectMapper().setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            private static final long serialVersionUID = 1;

            @Override
            public String findImplicitPropertyName(AnnotatedMember member) {
                return member instanceof AnnotatedParameter ? "values" : super.findImplicitPropertyName(member);
            }
        });

        assertThat(mapper.readValue("{\"values\":1,\"b\":[]}", Store.class).asMap())
                .containsExactly(Map.entry("values", 1), Map.entry("b", List.of()));
    }

    @Test
    void valueReadInTwoTypes_isConvertedEachTime() {
        store.put("n", 5);

        assertThat(store.get(Key.of("n", String.class))).isEqualTo("5");
        assertThat(store.get(Key.of("n", Integer.class))).isEqualTo(5);
    }
}
