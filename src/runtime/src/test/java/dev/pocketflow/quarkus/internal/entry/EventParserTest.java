package dev.pocketflow.quarkus.internal.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.fixture.EntryEvents;

class EventParserTest {

    @ParameterizedTest
    @ValueSource(strings = { "{\"pocketflow\":1,\"run\":\"R\"}", "{ \"pocketflow\": 1, \"run\": \"R\"}",
            "{\"run\":\"R\",\"pocketflow\":1}", "{\"pocketflow\":1.0,\"run\":\"R\"}" })
    void envelopeIsUnchanged_inAnyForm(String json) {
        byte[] envelope = json.getBytes(UTF_8);

        assertThat(EntryEvents.envelope(EventParser.direct(envelope))).isSameAs(envelope);
        assertThat(EntryEvents.envelope(EventParser.http(envelope, Map.of("Content-Type", "application/json")::get, null)))
                .isSameAs(envelope);
    }

    @Test
    void envelopeIsReadOnlyWhenItIsOpened_asPocketFlowWroteIt() {
        byte[] broken = "{\"pocketflow\":1,\"run\":".getBytes(UTF_8);

        assertThat(EntryEvents.envelope(EventParser.direct(broken))).isSameAs(broken);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"pocket\":1}" })
    void anythingElseIsANewRun(String json) {
        assertThat(EventParser.direct(json.getBytes(UTF_8))).isInstanceOf(EntryEvent.StartRun.class);
    }
}
