package dev.pocketflow.quarkus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.Store;
import dev.pocketflow.internal.Json;
import dev.pocketflow.internal.KeptText;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KeptTextTest {

    private static final String TEXT = "a text that is no short one";

    private final Store store = Store.create();

    private String written() {
        return new String(EnvelopeJson.object(json -> {
            json.writeFieldName("store");
            EnvelopeJson.store(json, store.toJson());
        }), StandardCharsets.UTF_8);
    }

    private boolean isKept() {
        return store.toJson().entrySet().iterator().next() instanceof KeptText;
    }

    @Property
    void text_isWrittenTheSame_howeverOften(@ForAll String text) throws IOException {
        isWrittenTheSame(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "hello \uD83D\uDE00, this is a long text", "half of a pair \uD83D and more of it",
            "half of a pair \uDE00 and more of it", "at the end of a text \uD83D" })
    void textBeyondTheBasicPlane_isWrittenTheSame_howeverOften(String text) throws IOException {
        isWrittenTheSame(text);
    }

    private void isWrittenTheSame(String text) throws IOException {
        store.put("text", text);
        String first = written();

        assertThat(written()).isEqualTo(first).isEqualTo(written());
        assertThat(Json.MAPPER.readTree(first).at("/store/text").textValue()).isEqualTo(text);
    }

    @Test
    void changedText_isWrittenAnew() {
        store.put("text", TEXT);
        written();
        written();

        store.put("text", TEXT + ", but longer");

        assertThat(written()).isEqualTo(written()).contains("but longer");
    }

    @Test
    void jsonOfAText_isKeptFromItsSecondWritingOn_andOfAShortOneNever() {
        store.put("text", TEXT);
        assertThat(isKept()).isFalse();
        assertThat(isKept()).isTrue();

        store.put("text", "short");
        assertThat(isKept()).isFalse();
        assertThat(isKept()).isFalse();
    }

    @Test
    void secretText_isNotKept_andNotWritten() {
        store.putSecrets(Map.of("text", TEXT));
        written();

        assertThat(written()).isEqualTo("{\"store\":{\"text\":null}}");
        assertThat(isKept()).isFalse();
    }
}
