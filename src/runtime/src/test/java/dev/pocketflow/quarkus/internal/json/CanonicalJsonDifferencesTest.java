package dev.pocketflow.quarkus.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.internal.seal.TamperingTest;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The sealed JSON is read by our reader, and the run's JSON by Jackson: both must accept the same texts, with the same meaning.
 */
class CanonicalJsonDifferencesTest {

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Provide
    Arbitrary<Map<String, Object>> documents() {
        return JsonDocuments.any();
    }

    @Property(tries = 100)
    void sealedJson_isReadWithTheSameMeaning_afterAnyChange(@ForAll("documents") Map<String, Object> document,
            @ForAll Random random) {
        byte[] json = JsonRewriter.write(document, random.nextLong()).getBytes(UTF_8);
        check(json);
        for (int i = 0; i < 100; i++) {
            check(TamperingTest.mutate(json, random));
        }
    }

    private static void check(byte[] json) {
        JsonNode read = read(json);
        try {
            byte[] canonical = CanonicalJson.of(json, 200).bytes();
            assertThat(read).as(new String(json, UTF_8)).isNotNull();
            assertThat(UntypedJson.read(canonical)).as(new String(json, UTF_8)).isEqualTo(UntypedJson.read(json));
        } catch (EnvelopeRefused refused) {
            if (read != null) {
                assertThat(refused).as(new String(json, UTF_8))
                        .hasMessageMatching(".*(no UTF-8|half a surrogate pair|exponent of more than five digits).*");
            }
        }
    }

    /** {@return null if it is not an object} */
    private static JsonNode read(byte[] json) {
        try {
            JsonNode read = JACKSON.readTree(json);
            return read != null && read.isObject() ? read : null;
        } catch (IOException e) {
            return null;
        }
    }
}
