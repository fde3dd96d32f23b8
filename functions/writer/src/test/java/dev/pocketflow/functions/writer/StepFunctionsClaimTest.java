package dev.pocketflow.functions.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A run that is larger than the limit of a Step Functions state. */
@QuarkusTest
@TestProfile(StepFunctionsClaimTest.WithClaims.class)
class StepFunctionsClaimTest {

    /** A long topic, which the items of the batch hold three times more. */
    static final String LONG = "{\"topic\":\"" + "x".repeat(80_000) + "\"}";
    /** The script of the stand-in: the patterns of the function's own script search only the beginning of a text. */
    static final String SCRIPT = """
            - {when: Plan an article, json: {sections: [One, Two, Three]}}
            - {when: Write one section, answer: A section.}
            - {when: Make one article, answer: An article.}
            """;
    private static final Path CLAIMS = Path.of("target", "claims");

    public static class WithClaims extends WriterByHttp.ByCaller {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.pocketflow.claim-check.directory", CLAIMS.toString());
            return config;
        }
    }

    @Test
    void storeGoesToTheClaimCheck_andIsDeletedWhenTheRunHasEnded() throws Exception {
        ScriptedModel model = ScriptedModel
                .at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
        model.reset();
        model.prepend(SCRIPT);
        WriterByHttp writer = new WriterByHttp();

        JsonNode outcome = WriterByHttp.loop(writer).execute(LONG);

        assertThat(outcome.at("/store/sections/2/heading").textValue()).isEqualTo("Three");
        assertThat(writer.payload(1).has("claim")).isFalse();
        assertThat(writer.payload(2).has("store")).isFalse();
        assertThat(writer.payload(2).at("/claim/bytes").intValue()).isGreaterThan(StepFunctions.LIMIT);
        assertThat(CLAIMS).isEmptyDirectory();
    }
}
