package dev.pocketflow.quarkus.internal.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.pocketflow.FlowException;
import dev.pocketflow.RunEvent;
import dev.pocketflow.internal.json.Json;

class OutcomeWriterTest {

    record Note(String text, Instant at) {
    }

    @Test
    void storeIsWrittenAsJacksonWritesIt() throws Exception {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "ä \"quoted\" \u0001");
        values.put("int", 7);
        values.put("long", 1L << 60);
        values.put("double", 0.1);
        values.put("decimal", new BigDecimal("12345678901234567890.5"));
        values.put("none", null);
        values.put("list", Arrays.asList(1, "two", null, Map.of("three", 3)));
        values.put("note", new Note("n", Instant.EPOCH));
        String written = new String(OutcomeWriter.object(json -> OutcomeWriter.store(json, values)), UTF_8);
        assertThat(written).isEqualTo(Json.MAPPER.writeValueAsString(Map.of("store", values)));
    }

    @Test
    void answersDoNotShareBuffers() {
        byte[] first = OutcomeWriter.object(json -> OutcomeWriter.store(json, Map.of("a", "first")));
        OutcomeWriter.object(json -> OutcomeWriter.store(json, Map.of("b", "other")));
        assertThat(first).asString(UTF_8).isEqualTo("{\"store\":{\"a\":\"first\"}}");
    }

    @Test
    void unwritableValue_isNamedAndNotShown() {
        Map<String, Object> values = Map.of("mute", new Object());
        assertThatThrownBy(() -> OutcomeWriter.object(json -> OutcomeWriter.store(json, values)))
                .isInstanceOf(FlowException.BadValue.class).hasMessageContaining("'mute'");
        // the broken answer is dropped: the next one is whole
        assertThat(OutcomeWriter.object(json -> OutcomeWriter.members(json, Map.of("a", 1)))).asString(UTF_8)
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void pathHasTheActionOrErrorOfEachStep() {
        RunEvent.StepFinished good = new RunEvent.StepFinished("run", "flow", "one", 1, "next", 1_234_567, 1, null);
        RunEvent.StepFinished bad = new RunEvent.StepFinished("run", "flow", "two", 2, null, 999, 3, "java.io.IOException");
        assertThat(OutcomeWriter.object(json -> OutcomeWriter.path(json, List.of(good, bad)))).asString(UTF_8).isEqualTo(
                "{\"path\":[{\"flow\":\"flow\",\"node\":\"one\",\"action\":\"next\",\"ms\":1.234,\"attempts\":1},"
                        + "{\"flow\":\"flow\",\"node\":\"two\",\"error\":\"java.io.IOException\",\"ms\":0.0,\"attempts\":3}]}");
    }
}
