package dev.pocketflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

    @ParameterizedTest
    @ValueSource(strings = { "", "search", "näher an Ω", "承認", "\uD83D\uDE00", "❤\uFE0F", "a b" })
    void textThatIsFit_staysTheSame(String text) {
        assertThat(LogText.of(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(ints = { '\n', '\r', '\t', 0, 0x1B, 0x7F, 0x85, 0xAD, 0x34F, 0x200B, 0x200D, 0x200E, 0x2028, 0x2029, 0x202E,
            0x2066,
            0x2800, 0x3164, 0xFEFF, 0xFFF9, 0xD800, 0xDC00, 0xE000, 0xE0041, 0xE0100 })
    void lineBreaksAndHiddenCharacters_areEscaped(int point) {
        String escaped = LogText.of("x" + Character.toString(point) + "y");

        assertThat(escaped).startsWith("x\\").endsWith("y").matches("[ -~]+");
    }

    @Test
    void longText_isCut_betweenCharacters() {
        assertThat(LogText.of("x".repeat(10_000))).isEqualTo("x".repeat(120) + "… (10,000 characters)");
        assertThat(LogText.of("x".repeat(119) + "\uD83D\uDE00y")).isEqualTo("x".repeat(119) + "\uD83D\uDE00… (122 characters)");
    }

    @Test
    void names_areListed_upToABound() {
        assertThat(LogText.list(List.of())).isEqualTo("[]");
        assertThat(LogText.list(List.of("a", "b\n"))).isEqualTo("[a, b\\n]");
        assertThat(LogText.list(IntStream.range(0, 200_000).mapToObj(i -> "k" + i).toList())).startsWith("[k0, k1, ")
                .endsWith("k19, … and 199,980 more]");
    }
}
