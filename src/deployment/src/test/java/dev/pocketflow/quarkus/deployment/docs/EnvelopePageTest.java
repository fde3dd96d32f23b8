package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.deployment.docs.Pages.Block;
import dev.pocketflow.quarkus.internal.http.Problems;
import dev.pocketflow.quarkus.internal.seal.Seal;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The envelopes and the refusals in the reference. */
class EnvelopePageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The key that sealed the shown envelope, and nothing else. */
    private static final String KEY = "tDtOfjF5ZbTmU0oiRFrVQjm0TRdcHeCQpKPVnBLUYPE=";

    @Test
    void allRefusals_areListed_withTheirStatus() throws Exception {
        Problems problems = new Problems();
        Map<String, String> expected = Arrays.stream(EnvelopeRefused.Reason.values()).collect(Collectors.toMap(Enum::name,
                reason -> Integer.toString(problems.answer(new EnvelopeRefused(reason, "no")).getStatus())));

        Map<String, String> table = Pages
                .find(Pages.ROOT.resolve("src/docs/reference/errors.md"), "^\\| `([A-Z_]+)` \\| (\\d+) \\| \\S.* \\|$")
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(table).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void envelope_conformsToItsSchema() throws Exception {
        JsonNode schema = JSON.readTree(Pages.text(Pages.ROOT.resolve("src/docs/reference/envelope.schema.json"))).get("$defs");
        JsonNode envelope = JSON.readTree(shown());

        assertMembers(envelope, schema.get("readable"));
        assertMembers(envelope.at("/position/0"), schema.get("frame"));
        assertMembers(envelope.at("/position/0/batch"), schema.at("/frame/properties/batch"));
        envelope.get("path").forEach(step -> assertMembers(step, schema.get("step")));
    }

    @Test
    void envelopeOfThePage_isSealed() throws Exception {
        Seal seal = new Seal(new SmallRyeConfigBuilder().addDiscoveredConverters()
                .withMapping(EnvelopeConfig.class, "quarkus.pocketflow.envelope")
                .withDefaultValue("quarkus.pocketflow.envelope.keys.k1", KEY).build()
                .getConfigMapping(EnvelopeConfig.class, "quarkus.pocketflow.envelope"));

        assertThat(seal.open(shown().getBytes(StandardCharsets.UTF_8))).asString(StandardCharsets.UTF_8).isEqualTo(shown());
        assertThatThrownBy(() -> seal.open(shown().replace("\"hop\":3", "\"hop\":4")
                .getBytes(StandardCharsets.UTF_8))).hasMessageContaining("changed after it was sealed");
    }

    private static String shown() throws IOException {
        return Pages.blocks("json").filter(each -> each.page().endsWith("envelope.md")).findFirst().map(Block::text)
                .orElseThrow();
    }

    private static void assertMembers(JsonNode object, JsonNode schema) {
        assertThat(schema.get("properties").fieldNames()).toIterable().containsAll(object::fieldNames);
        schema.get("required").forEach(name -> assertThat(object.fieldNames()).toIterable().contains(name.textValue()));
    }
}
