package dev.pocketflow.functions.writer;

import static dev.pocketflow.functions.writer.WriterByHttp.loop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A run in hops of one step, carried by the state machine of infra/aws. */
@QuarkusTest
@TestProfile(WriterByHttp.ByCaller.class)
class StepFunctionsTest {

    private static final String TOPIC = "{\"topic\":\"native images\"}";

    private final WriterByHttp writer = new WriterByHttp();
    private final StepFunctions loop = loop(writer);
    private ScriptedModel model;

    @BeforeEach
    void resetTheModel() {
        model = ScriptedModel.at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
        model.reset();
    }

    @Test
    void outcomeIsTheOutput_whenTheRunEnds() throws Exception {
        JsonNode outcome = loop.execute(TOPIC);

        assertThat(loop.entered()).startsWith("Start", "Hop", "Ended", "Hop", "Ended").endsWith("Hop", "Ended", "Done");
        assertThat(outcome.at("/status").textValue()).isEqualTo("completed");
        assertThat(outcome.at("/store/sections/2/heading").textValue()).isEqualTo("What comes next");
        assertThat(outcome.at("/store/article").textValue()).contains("Why native images matters");
        assertThat(outcome.at("/path").findValuesAsText("node")).containsExactly("outline", "write", "style");
    }

    @Test
    void envelopeIsAccepted_asAnotherJsonOfTheSameValue() throws Exception {
        loop.execute(TOPIC);

        assertThat(writer.payloads()).hasSizeGreaterThan(2);
        assertThat(writer.payloads().get(1)).startsWith("{\"seal\":").contains("\"hop\":1.0,").endsWith("\"pocketflow\":1.0}");
        assertThat(writer.payloads().get(3)).contains("\\u201CWhy native images matters\\u201D");
    }

    @Test
    void executionFailsLikeTheFunction_whenAStepFails() {
        model.prepend("- {when: 'Heading: How native images works', error: 500}");

        fails(() -> loop.execute(TOPIC), "dev.pocketflow.quarkus.RunFailed", "flow 'writer', node 'write'");
    }

    @Test
    void executionFails_whenAnEnvelopeIsChanged() {
        StepFunctions forged = loop((function, payload) -> writer.invoke(function,
                payload.contains("\"seal\"") ? payload.replace("native", "forged") : payload));

        fails(() -> forged.execute(TOPIC), "dev.pocketflow.quarkus.EnvelopeRefused",
                "the envelope was changed after it was sealed");
    }

    @Test
    void hopIsTriedAgain_whenLambdaIsThrottled() throws Exception {
        List<String> throttled = new ArrayList<>(List.of("first", "second"));
        StepFunctions busy = loop((function, payload) -> {
            if (!throttled.isEmpty()) {
                throw new StepFunctions.Failed("Lambda.TooManyRequestsException", throttled.remove(0));
            }
            return writer.invoke(function, payload);
        });

        assertThat(busy.execute(TOPIC).at("/status").textValue()).isEqualTo("completed");
    }

    @Test
    void executionWaitsForAWait_andEndsWithASuspendedRun() throws Exception {
        List<String> answers = new ArrayList<>(List.of(
                "{\"status\":\"handed-over\",\"flow\":\"writer\",\"until\":\"2026-11-22T10:15:30.123Z\",\"envelope\":{\"hop\":1}}",
                "{\"status\":\"suspended\",\"flow\":\"writer\",\"signal\":\"approval\",\"token\":\"abc\"}"));
        StepFunctions waiting = loop((function, payload) -> answers.remove(0));

        assertThat(waiting.execute(TOPIC).at("/token").textValue()).isEqualTo("abc");
        assertThat(waiting.entered()).containsExactly("Start", "Hop", "Ended", "Rest", "Hop", "Ended", "Done");
        assertThat(waiting.waited()).containsExactly(Instant.parse("2026-11-22T10:15:30.123Z"));
    }

    @Test
    void runFailsAndNamesTheLargeParts_whenAStateRefusesIt() {
        model.prepend(StepFunctionsClaimTest.SCRIPT);

        fails(() -> loop.execute(StepFunctionsClaimTest.LONG), "dev.pocketflow.quarkus.RunFailed",
                "The space is taken by the batch of node 'write'", "Configure a claim check");
    }

    @Test
    void executionFails_whenItsInputExceedsTheLimitOfAState() {
        String topic = "{\"topic\":\"" + "x".repeat(StepFunctions.LIMIT) + "\"}";

        fails(() -> loop.execute(topic), "States.DataLimitExceeded", "262144 bytes");
        assertThat(writer.payloads()).isEmpty();
    }

    private static void fails(ThrowingCallable execution, String error, String... cause) {
        assertThatThrownBy(execution).isInstanceOfSatisfying(StepFunctions.Failed.class, failed -> {
            assertThat(failed.error()).isEqualTo(error);
            assertThat(failed.getMessage()).contains(cause);
        });
    }
}
