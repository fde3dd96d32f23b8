package dev.pocketflow.functions.approval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {

    @ParameterizedTest
    @ValueSource(strings = { "Gr\u00fc\u00dfe", "e\u0302\u0301", "\u0e01\u0e37\u0e48", "\u05d1\u05bc\u05b0",
            "\u0939\u093f\u0928\u094d\u0926\u0940",
            "a\u0301\u0302\u0303\u0304b\u0301\u0302\u0303\u0304", "\ud83d\ude00 \u2764\ufe0f" })
    void text_isUnchanged_whenAPersonCanReadIt(String text) {
        assertThat(Visible.text(text)).isEqualTo(text);
        assertThat(Visible.line(text)).isEqualTo(text);
    }

    @Test
    void marks_areEscaped_whenTheyPileUp() {
        for (String mark : new String[] { "\u0301", "\u0489", "\u20dd", "\ud800\uddfd" }) {
            String letter = "a" + mark.repeat(10_000) + "b";
            for (String visible : new String[] { Visible.text(letter), Visible.line(letter), Visible.quoted(letter) }) {
                assertThat(visible).contains(mark.repeat(4)).doesNotContain(mark.repeat(5)).contains("\\u").endsWith("b");
            }
        }
    }

    @Test
    void escapes_areUnchanged_whenAnEscapedTextIsShownAgain() {
        String once = Visible.text("a" + "\u0301".repeat(7) + "\u202e\u0301\u200b\r\nb");
        assertThat(Visible.text(once)).isEqualTo(once);
    }
}
