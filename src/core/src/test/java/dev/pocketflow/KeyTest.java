package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {

    @Test
    void keys_areEqual_ifNameAndTypeAre() {
        Key<String> key = Key.of("a", String.class);

        assertThat(key).isEqualTo(Key.of("a", String.class)).hasSameHashCodeAs(Key.of("a", String.class))
                .isNotEqualTo(Key.of("b", String.class)).isNotEqualTo(Key.of("a", Integer.class))
                .isNotEqualTo(Key.listOf("a", String.class)).isNotEqualTo("a");
        assertThat(Key.listOf("a", String.class)).isEqualTo(Key.listOf("a", String.class))
                .isEqualTo(Key.of("a", new TypeRef<List<String>>() {
                })).isNotEqualTo(Key.listOf("a", Object.class));
        assertThat(Key.mapOf("a", String.class)).isEqualTo(Key.of("a", new TypeRef<Map<String, String>>() {
        })).isNotEqualTo(Key.mapOf("a", Integer.class));
        assertThat(Key.of("a", new TypeRef<String>() {
        })).isEqualTo(key);
    }

    /** Only the contract of a flow tells an optional key from another one. */
    @Test
    void optionalKey_isEqualToTheKey_andStaysOptional() {
        Key<String> key = Key.of("a", String.class);

        assertThat(key.isOptional()).isFalse();
        assertThat(key.optional()).isEqualTo(key);
        assertThat(List.of(key.optional(), key.optional().optional(), key.optional().secret(), key.optional().defaultTo("b"),
                key.optional().describedAs("c"))).allMatch(Key::isOptional);
        assertThat(key.secret().isSecret()).isTrue();
        assertThat(key.isSecret()).isFalse();
    }

    @Test
    void primitive_standsForItsWrapper() {
        assertThat(Key.of("a", int.class)).isEqualTo(Key.of("a", Integer.class));
        assertThat(Key.listOf("a", int.class)).isEqualTo(Key.listOf("a", Integer.class));
        assertThat(Key.mapOf("a", boolean.class)).isEqualTo(Key.mapOf("a", Boolean.class));
    }

    @Test
    void toString_tellsNameAndType() {
        assertThat(Key.listOf("notes", String.class)).hasToString("notes: java.util.List<java.lang.String>");
        assertThat(Key.of("a", int.class).name()).isEqualTo("a");
        assertThat(new TypeRef<List<String>>() {
        }).hasToString("java.util.List<java.lang.String>");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " " })
    void nameBlank_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of(name, String.class))
                .withMessage("a key's name must not be blank, was '" + name + "'");
    }

    @Test
    void nullNameOrType_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Key.listOf(null, String.class))
                .withMessage("a key's name must not be blank, was null");
        assertThatNullPointerException().isThrownBy(() -> Key.of("a", (Class<?>) null));
        assertThatNullPointerException().isThrownBy(() -> Key.of("a", (TypeRef<?>) null));
        assertThatNullPointerException().isThrownBy(() -> Key.listOf("a", null));
        assertThatNullPointerException().isThrownBy(() -> Key.mapOf("a", null));
    }

    record Page<T>(List<T> items) {
    }

    record Pair<A, B>(A first, B second) {
    }

    static <T> List<Arguments> open() {
        return List.of(Arguments.of((Supplier<Key<?>>) () -> Key.of("k", Page.class), "new TypeRef<Page<Some>>() {}"),
                Arguments.of((Supplier<Key<?>>) () -> Key.of("k", Pair.class), "new TypeRef<Pair<Some, Other>>() {}"),
                Arguments.of((Supplier<Key<?>>) () -> Key.secret("k", Page.class), "new TypeRef<Page<Some>>() {}"),
                Arguments.of((Supplier<Key<?>>) () -> Key.of("k", Page[][].class), "new TypeRef<Page<Some>>() {}"),
                Arguments.of((Supplier<Key<?>>) () -> Key.listOf("k", Page.class), "new TypeRef<Page<Some>>() {}"),
                Arguments.of((Supplier<Key<?>>) () -> Key.mapOf("k", Page.class), "new TypeRef<Page<Some>>() {}"),
                Arguments.of((Supplier<Key<?>>) () -> Key.of("k", new TypeRef<Page>() {
                }), "new TypeRef<Page<Some>>() {}"),
                Arguments.of((Supplier<Key<?>>) () -> Key.of("k", new TypeRef<Map<String, List<Page>>>() {
                }), "new TypeRef<Page<Some>>() {}"),
                Arguments.of((Supplier<Key<?>>) () -> Key.of("k", new TypeRef<Page<Page>[]>() {
                }), "new TypeRef<Page<Some>>() {}"),
                Arguments.of((Supplier<Key<?>>) () -> Key.of("k", new TypeRef<List<? extends Page>>() {
                }), "new TypeRef<Page<Some>>() {}"), Arguments.of((Supplier<Key<?>>) () -> Key.of("k", new TypeRef<List<T>>() {
                }), "the type variable T"),
                Arguments.of((Supplier<Key<?>>) () -> Key.of("k", List.class), "Key.listOf(name, Element.class)"),
                Arguments.of((Supplier<Key<?>>) () -> Key.of("k", Set.class), "Key.listOf(name, Element.class)"),
                Arguments.of((Supplier<Key<?>>) () -> Key.of("k", Map.class), "Key.mapOf(name, Value.class)"),
                Arguments.of((Supplier<Key<?>>) () -> Key.of("k", Optional.class), "new TypeRef<Optional<Some>>() {}"));
    }

    /** Jackson would read maps for an open parameter. */
    @ParameterizedTest
    @MethodSource("open")
    void rawUseOfAGenericType_isRefused_andTheFixIsNamed(Supplier<Key<?>> making, String fix) {
        assertThatIllegalArgumentException().isThrownBy(making::get).withMessageStartingWith("key 'k': ")
                .withMessageContaining(fix);
    }

    static class Pages extends ArrayList<String> {
        private static final long serialVersionUID = 1;
    }

    @Test
    void namedParameters_areTaken() {
        assertThat(List.of(Key.of("k", new TypeRef<Page<Page<String>>>() {
        }), Key.of("k", new TypeRef<Page<?>>() {
        }), Key.of("k", new TypeRef<Map<Integer, ? extends Number>>() {
        }), Key.of("k", new TypeRef<List<String>[]>() {
        }), Key.of("k", Pages.class), Key.listOf("k", Object.class), Key.mapOf("k", Object.class))).doesNotContainNull();
    }

    abstract static class Between<T> extends TypeRef<List<T>> {
    }

    @SuppressWarnings("rawtypes")
    @Test
    void referenceThatNamesNoType_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TypeRef() {
        }).withMessageContaining("names no type");
        assertThatIllegalArgumentException().isThrownBy(() -> new Between<String>() {
        }).withMessageContaining("Extend TypeRef directly");
    }
}
