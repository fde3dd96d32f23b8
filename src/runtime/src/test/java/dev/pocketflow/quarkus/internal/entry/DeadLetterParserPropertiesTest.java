package dev.pocketflow.quarkus.internal.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.EntryEvents;
import dev.pocketflow.quarkus.internal.json.JsonDocuments;
import dev.pocketflow.quarkus.internal.seal.Seal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A failed event is the same event in each form of dead letter. */
class DeadLetterParserPropertiesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Seal signed = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));
    private final Seal encrypted = new Seal(ConfigValues.encrypted(Map.of("k1", ConfigValues.K1)));

    @Provide
    Arbitrary<Map<String, Object>> documents() {
        return JsonDocuments.any();
    }

    @Provide
    Arbitrary<List<String>> nestings() {
        return Arbitraries.of(DeadLetterForms.FORMS.keySet()).list().ofMinSize(1).ofMaxSize(5);
    }

    @Property
    void startStore_isTheSame_inAnyNesting(@ForAll("documents") Map<String, Object> document,
            @ForAll("nestings") List<String> nesting) throws Exception {
        String event = MAPPER.writeValueAsString(document);
        EntryEvent bare = http(event);

        for (EntryEvent input : List.of(http(DeadLetterForms.around(event, nesting)),
                direct(DeadLetterForms.around(event, nesting)))) {
            assertThat(EntryEvents.starts(input).store().asMap()).isEqualTo(EntryEvents.starts(bare).store().asMap());
        }
    }

    @Property
    void sealedEnvelope_isTheSameToTheByte_inAnyNesting(@ForAll("documents") Map<String, Object> document,
            @ForAll("nestings") List<String> nesting) throws Exception {
        document.put("pocketflow", 1);
        document.keySet().removeAll(List.of("seal", "jwe"));
        byte[] plain = MAPPER.writeValueAsBytes(document);

        for (Seal seal : List.of(signed, encrypted)) {
            String envelope = new String(seal.close(plain), UTF_8);
            for (EntryEvent input : List.of(http(DeadLetterForms.around(envelope, nesting)),
                    direct(DeadLetterForms.around(envelope, nesting)))) {
                assertThat(EntryEvents.envelope(input)).asString(UTF_8).isEqualTo(envelope);
                seal.open(EntryEvents.envelope(input));
            }
        }
    }

    private static EntryEvent http(String body) {
        return EventParser.http(body.getBytes(UTF_8), Map.of("Content-Type", "application/json")::get, null);
    }

    private static EntryEvent direct(String event) {
        return EventParser.direct(event.getBytes(UTF_8));
    }
}
