package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {

    @Test
    void keys_areEqual_whenNameAndTypeAre() {
        Key<String> key = Key.of("a", String.class);

        assertThat(key).isEqualTo(Key.of("a", String.class)).hasSameHashCodeAs(Key.of("a", String.class))
                .isNotEqualTo(Key.of("b", String.class)).isNotEqualTo(Key.of("a", Integer.class))
                .isNotEqualTo(Key.listOf("a", String.class)).isNotEqualTo("a");
        assertThat(Key.listOf("a", String.class)).isEqualTo(Key.listOf("a", String.class))
                .isNotEqualTo(Key.of("a", List.class));
    }

    @Test
    void primitive_standsForItsWrapper() {
        assertThat(Key.of("a", int.class)).isEqualTo(Key.of("a", Integer.class));
    }

    @Test
    void toString_tellsNameAndType() {
        assertThat(Key.listOf("notes", String.class)).hasToString("notes: java.util.List<java.lang.String>");
        assertThat(Key.of("a", int.class).name()).isEqualTo("a");
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
        assertThatNullPointerException().isThrownBy(() -> Key.of("a", null));
        assertThatNullPointerException().isThrownBy(() -> Key.listOf("a", null));
    }
}
