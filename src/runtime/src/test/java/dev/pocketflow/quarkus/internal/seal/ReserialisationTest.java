package dev.pocketflow.quarkus.internal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.json.CanonicalJson;
import dev.pocketflow.quarkus.internal.json.CanonicalNumberTest;
import dev.pocketflow.quarkus.internal.json.JsonDocuments;
import dev.pocketflow.quarkus.internal.json.JsonRewriter;
import dev.pocketflow.quarkus.internal.json.UntypedJson;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The seal holds for each form of an envelope's JSON with the same meaning, whoever rewrote it. */
class ReserialisationTest {

    private static final ObjectMapper MAPPER = Json.MAPPER;

    private final Seal signed = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));
    private final Seal pair = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.PAIR)));
    private final Seal encrypted = new Seal(ConfigValues.encrypted(Map.of("k1", ConfigValues.K1)));

    @Provide
    Arbitrary<Map<String, Object>> documents() {
        return JsonDocuments.any();
    }

    @Property
    void canonicalFormIsTheSame_inEachFormOfAnObject(@ForAll("documents") Map<String, Object> document, @ForAll long seed)
            throws IOException {
        byte[] canonical = CanonicalJson.of(MAPPER.writeValueAsBytes(document), 200).bytes();

        assertThat(CanonicalJson.of(JsonRewriter.write(document, seed).getBytes(UTF_8), 200).bytes()).isEqualTo(canonical);
        assertThat(CanonicalJson.of(canonical, 200).bytes()).isEqualTo(canonical);
    }

    @Property
    void canonicalForm_meansTheSame_inOrder_withoutWhiteSpace(@ForAll("documents") Map<String, Object> document)
            throws IOException {
        byte[] json = MAPPER.writeValueAsBytes(document);
        byte[] canonical = CanonicalJson.of(json, 200).bytes();
        JsonNode tree = MAPPER.valueToTree(document);

        assertThat(canonical).asString(UTF_8).isEqualTo(naive(tree));
        assertThat(UntypedJson.read(canonical)).isEqualTo(UntypedJson.read(json));
    }

    /** A simple and slow implementation of the same. */
    private static String naive(JsonNode node) {
        if (node.isObject()) {
            Map<String, String> members = new TreeMap<>();
            node.fieldNames()
                    .forEachRemaining(name -> members.put(name, naive(new TextNode(name)) + ":" + naive(node.get(name))));
            return "{" + String.join(",", members.values()) + "}";
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false).map(ReserialisationTest::naive)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        if (node.isTextual()) {
            return node.textValue().codePoints().mapToObj(ReserialisationTest::naive)
                    .collect(Collectors.joining("", "\"", "\""));
        }
        return node.isNumber()
                ? CanonicalNumberTest
                        .canonical(node.isDouble() ? NumberOutput.toString(node.doubleValue(), true) : node.toString())
                : node.toString();
    }

    private static String naive(int character) {
        int escape = "\b\t\n\f\r\"\\".indexOf(character);
        if (escape >= 0) {
            return "\\" + "btnfr\"\\".charAt(escape);
        }
        return character < ' ' ? String.format("\\u%04x", character) : Character.toString(character);
    }

    @Property(tries = 500)
    void sealHolds_inEachFormOfTheEnvelope(@ForAll("documents") Map<String, Object> document, @ForAll long seed)
            throws IOException {
        document.remove("seal");
        for (Seal seal : List.of(signed, pair)) {
            byte[] sealed = seal.close(MAPPER.writeValueAsBytes(document));
            byte[] rewritten = JsonRewriter.write(UntypedJson.read(sealed), seed).getBytes(UTF_8);

            assertThat(seal.open(rewritten)).isSameAs(rewritten);
        }
    }

    @Property(tries = 500)
    void encryptionHolds_inEachFormOfTheEnvelope(@ForAll("documents") Map<String, Object> document, @ForAll long seed)
            throws IOException {
        document.remove("seal");
        byte[] envelope = MAPPER.writeValueAsBytes(document);
        Object form = MAPPER.readValue(encrypted.close(envelope), Object.class);

        assertThat(encrypted.open(JsonRewriter.write(form, seed).getBytes(UTF_8))).isEqualTo(envelope);
    }
}
