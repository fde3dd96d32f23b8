package dev.pocketflow.quarkus.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;

import dev.pocketflow.Envelope;
import dev.pocketflow.Key;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.context.RecentSteps;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.json.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EncodedTextCacheTest {

    private static final String TEXT = "a text that is no short one";

    private final Store store = Store.create();
    private final Envelope envelope = new Envelope("run", "flow", 0, 0, Map.of(), Position.START, store,
            new RecentSteps(new AtomicReference<>(), 0));

    private String written() {
        return new String(EnvelopeWriter.object(json -> {
            json.writeFieldName("store");
            EnvelopeWriter.store(json, envelope);
        }), StandardCharsets.UTF_8);
    }

    /** {@return whether the next writing finds it encoded} */
    private boolean isKept(String name) throws IOException {
        boolean[] kept = new boolean[1];
        JsonGenerator json = new JsonGeneratorDelegate(Json.MAPPER.createGenerator(new ByteArrayOutputStream())) {
            @Override
            public void writeString(SerializableString text) throws IOException {
                kept[0] = true;
            }
        };
        json.writeStartArray();
        EncodedTextCache.of(envelope).text(json, name, (String) store.find(name).orElse("gone"));
        return kept[0];
    }

    @Property
    void textIsWrittenTheSame_eachTime(@ForAll String text) throws IOException {
        isWrittenTheSame(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "hello \uD83D\uDE00, this is a long text", "\uD83D\uDE00 at the beginning of a text",
            "at the end of a text \uD83D\uDE00" })
    void textBeyondTheBasicPlaneIsWrittenTheSame_eachTime(String text) throws IOException {
        isWrittenTheSame(text);
    }

    private void isWrittenTheSame(String text) throws IOException {
        store.put("text", text);
        String first = written();

        assertThat(written()).isEqualTo(first).isEqualTo(written());
        assertThat(Json.MAPPER.readTree(first).at("/store/text").textValue()).isEqualTo(text);
    }

    @Test
    void changedText_isEncodedAgain() {
        store.put("text", TEXT);
        written();
        written();

        store.put("text", TEXT + ", but longer");

        assertThat(written()).isEqualTo(written()).contains("but longer");
    }

    @Test
    void encodedTextIsCached_fromItsSecondWriting_unlessItIsShort() throws IOException {
        store.put("text", TEXT);
        assertThat(isKept("text")).isFalse();
        assertThat(isKept("text")).isTrue();

        store.put("text", "short");
        assertThat(isKept("text")).isFalse();
        assertThat(isKept("text")).isFalse();
    }

    @Test
    void encodedTextIsDropped_whenTheTextIsRemoved() throws IOException {
        store.put("other", 1).put("another", 2).put("text", TEXT);
        written();
        store.remove("text");
        written();

        store.put("text", TEXT);
        assertThat(isKept("text")).isFalse();
    }

    @Test
    void encodedTextIsDropped_whenTheTextBecomesSecret() throws IOException {
        store.put("other", 1).put("text", TEXT);
        written();
        written();
        store.find(Key.secret("text", String.class));

        assertThat(written()).contains("\"text\":null");
        assertThat(isKept("text")).isFalse();
    }

    @Test
    void secretText_isNotCachedOrWritten() throws IOException {
        ModelAccess.get().putSecrets(store, Map.of("text", TEXT));
        written();

        assertThat(written()).isEqualTo("{\"store\":{\"text\":null}}");
        assertThat(isKept("text")).isFalse();
    }
}
