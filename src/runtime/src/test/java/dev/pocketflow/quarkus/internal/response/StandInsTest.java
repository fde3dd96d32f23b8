package dev.pocketflow.quarkus.internal.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;

/** A run of production is replayed elsewhere with real services only, and an answer of a stand-in is marked. */
class StandInsTest {

    private static final String[] PRODUCTION = {};
    private static final String[] REAL = { "stand-ins.model", "none" };
    private static final String[] STAND_IN = { "stand-ins.model", "openai.api-key" };
    private static final String[] BOTH = { "stand-ins.model", "openai.api-key", "stand-ins.search", "tavily.api-key" };
    private static final String[] ALLOWED = { "stand-ins.model", "openai.api-key", "resume-on-stand-ins", "true" };

    private static volatile boolean mended;

    private static final Flow FLOW = Flow.named("order").node("first", Node.route(shared -> null)).then("second")
            .node("second", new Node<Object, Object>() {
                @Override
                public String post(Store shared, Object prepared, Object result) {
                    if (!mended) {
                        throw new IllegalStateException("not yet");
                    }
                    return null;
                }
            }).build();

    private static TestFunction function(Flow flow, String... config) {
        return new TestFunction(flow, Ledger.NONE, FailedRunStore.NONE, new SettableClock(), config);
    }

    private static JsonNode failed(String... config) {
        mended = false;
        JsonNode failed = function(FLOW, config).send("{}");
        mended = true;
        return failed;
    }

    static Stream<Arguments> refused() {
        return Stream.of(Arguments.of("of production", PRODUCTION, STAND_IN, "model"),
                Arguments.of("of dev, with a key", REAL, STAND_IN, "model"),
                Arguments.of("whose search was real", new String[] { "stand-ins.model", "openai.api-key", "stand-ins.search",
                        "none" }, BOTH, "search"));
    }

    @ParameterizedTest(name = "run {0}")
    @MethodSource("refused")
    void runIsRefused_whenItBeganWithARealServiceAndAStandInAnswers(String what, String[] began, String[] here,
            String service) {
        String envelope = failed(began).path("envelope").toString();

        assertThatThrownBy(() -> function(FLOW, here).send(envelope)).isInstanceOfSatisfying(EnvelopeRefused.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.STAND_IN);
            assertThat(refusal).hasMessageContaining("began with the real " + service)
                    .hasMessageContaining("Set " + (service.equals("model") ? "openai" : "tavily") + ".api-key")
                    .hasMessageContaining("quarkus.pocketflow.resume-on-stand-ins=true");
        });
        assertThat(function(FLOW, began).send(envelope).path("status").asText()).isEqualTo("completed");
    }

    static Stream<Arguments> taken() {
        return Stream.of(Arguments.of("a stand-in's run on the stand-in", STAND_IN, STAND_IN),
                Arguments.of("a stand-in's run where another service has one, too", STAND_IN, BOTH),
                Arguments.of("a stand-in's run with the real service", STAND_IN, REAL),
                Arguments.of("a real one's run with the real service", PRODUCTION, REAL),
                Arguments.of("a real one's run in production", REAL, PRODUCTION),
                Arguments.of("a stand-in's run in production", STAND_IN, PRODUCTION));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void otherRunsContinue_andTellWhetherAStandInAnswered(String what, String[] began, String[] here) {
        JsonNode failed = failed(began);
        boolean standIn = began == STAND_IN;

        JsonNode done = function(FLOW, here).send(failed.path("envelope").toString());

        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(done.path("standIns").toString().contains("model")).isEqualTo(standIn);
        assertThat(failed.has("standIns")).isEqualTo(standIn);
        assertThat(done.at("/path/0").has("standIn")).isEqualTo(standIn);
        assertThat(done.has("usage")).as("marks are no usage").isFalse();
    }

    @Test
    void runThatMayContinueOnAStandIn_tellsSinceWhichStep() {
        JsonNode done = function(FLOW, ALLOWED).send(failed(PRODUCTION).path("envelope").toString());

        assertThat(done.path("standIns").toString()).isEqualTo("[\"model\"]");
        assertThat(done.at("/path/0").has("standIn")).isFalse();
    }

    @Test
    void signalIsRefused_andItsTokenStaysUsable() {
        Flow flow = Flow.named("order").node("approval", Await.signal("approved")).then("second")
                .node("second", Node.route(shared -> null)).build();
        String token = function(flow, PRODUCTION).send("{}").path("token").asText();

        assertThatThrownBy(() -> function(flow, STAND_IN).signal(token, "default", null))
                .isInstanceOfSatisfying(EnvelopeRefused.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.STAND_IN));

        assertThat(function(flow, STAND_IN).send("{}").path("standIns").toString()).isEqualTo("[\"model\"]");
        assertThat(function(flow, PRODUCTION).signal(token, "default", null).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void envelopeOfProduction_hasNoMark() {
        assertThat(failed(PRODUCTION).path("envelope").has("usage")).isFalse();
        assertThat(failed(STAND_IN).at("/envelope/usage").toString()).contains("\"stand-in:model\":1");
    }
}
