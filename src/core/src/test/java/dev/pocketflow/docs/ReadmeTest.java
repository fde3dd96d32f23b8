package dev.pocketflow.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.Store;

/** The flow that the README shows. */
class ReadmeTest {

    static final Key<String> TEXT = Key.of("text", String.class);

    @Test
    void flow_repeatsItsNode_untilTheTextIsShort() {
        UnaryOperator<String> model = prompt -> prompt.substring("Say it in fewer words: ".length(), prompt.length() / 2);
        String text = "a word ".repeat(60).strip();

        record Shorten(UnaryOperator<String> model) implements Node<String, String> {
            public String prep(Store shared) {
                return shared.get(TEXT);
            }

            public String exec(String text) {
                return model.apply("Say it in fewer words: " + text);
            }

            public String post(Store shared, String text, String shorter) {
                shared.put(TEXT, shorter);
                return shorter.length() > 80 ? "long" : "short";
            }
        }
        Flow headline = Flow.named("headline").node("shorten", new Shorten(model)).on("long", "shorten").ends("short").build();
        Outcome outcome = headline.run(Store.of(Map.of("text", text)));

        assertThat(outcome.orThrow().action()).isEqualTo("short");
        assertThat(text).startsWith(outcome.store().get(TEXT));
        assertThat(outcome.store().get(TEXT)).hasSizeBetween(1, 80);
    }
}
