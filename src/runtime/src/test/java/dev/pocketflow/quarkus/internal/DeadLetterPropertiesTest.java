package dev.pocketflow.quarkus.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever failed events are kept in, they are the same events. */
class DeadLetterPropertiesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Seal signed = new Seal(Settings.signed(Map.of("k1", Settings.K1)));
    private final Seal encrypted = new Seal(Settings.encrypted(Map.of("k1", Settings.K1)));

    @Provide
    Arbitrary<Map<String, Object>> documents() {
        return Documents.any();
    }

    @Provide
    Arbitrary<List<String>> nestings() {
        return Arbitraries.of(Letters.FORMS.keySet()).list().ofMinSize(1).ofMaxSize(5);
    }

    @Property
    void startStore_isTheSame_inAnyNesting(@ForAll("documents") Map<String, Object> document,
            @ForAll("nestings") List<String> nesting) throws Exception {
        String event = MAPPER.writeValueAsString(document);
        Input bare = http(event);

        for (Input input : List.of(http(Letters.around(event, nesting)), direct(Letters.around(event, nesting)))) {
            assertThat(input.envelope()).isNull();
            assertThat(input.store().asMap()).isEqualTo(bare.store().asMap());
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
            for (Input input : List.of(http(Letters.around(envelope, nesting)), direct(Letters.around(envelope, nesting)))) {
                assertThat(input.store()).isNull();
                assertThat(input.envelope()).asString(UTF_8).isEqualTo(envelope);
                seal.open(input.envelope());
            }
        }
    }

    private static Input http(String body) {
        return Events.http(body.getBytes(UTF_8), Map.of("Content-Type", "application/json")::get, null);
    }

    private static Input direct(String event) {
        return Events.direct(event.getBytes(UTF_8));
    }
}
