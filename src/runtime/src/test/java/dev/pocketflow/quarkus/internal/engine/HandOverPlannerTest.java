package dev.pocketflow.quarkus.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.InMemoryClaimCheck;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Reply;
import dev.pocketflow.quarkus.internal.seal.Seal;
import dev.pocketflow.quarkus.internal.signal.SignalTokens;
import dev.pocketflow.quarkus.internal.timer.WakeUpTimer;
import dev.pocketflow.quarkus.internal.wiring.ServiceFactory;
import io.smallrye.config.SmallRyeConfigBuilder;

class HandOverPlannerTest {

    private static final Node<Void, Void> NODE = Node.route(shared -> null);
    private static final Flow FLOW = Flow.named("flow").node("a", NODE).then("b").node("b", NODE).then("away")
            .node("away", new RemoteFlow("elsewhere")).build();
    private static final Flow ELSEWHERE = Flow.named("elsewhere").node("a", NODE).build();
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final InMemoryClaimCheck kept = new InMemoryClaimCheck();
    private String cancel;
    private RecordingServer receiver;
    private AwsSdkSettings settings;

    @BeforeEach
    void start() {
        receiver = new RecordingServer(request -> new Reply(200, Map.of("Content-Type", "application/x-amz-json-1.0"),
                "{\"MessageId\":\"1\"}".getBytes(UTF_8)));
        settings = new AwsSdkSettings(receiver.url());
    }

    @AfterEach
    void stop() {
        settings.close();
        receiver.close();
    }

    private HandOverPlanner planner(String way, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of("quarkus.pocketflow.hand-over", way,
                "quarkus.pocketflow.envelope.keys.k1", ConfigValues.K1, "quarkus.pocketflow.lambda.function", "me",
                "quarkus.pocketflow.sqs.queue-url", receiver.url() + "/queue", "quarkus.pocketflow.http.url", receiver.url()));
        values.putAll(more);
        PocketFlowConfig config = new SmallRyeConfigBuilder().withMapping(PocketFlowConfig.class).withDefaultValues(values)
                .addDiscoveredConverters().build().getConfigMapping(PocketFlowConfig.class);
        Seal seal = new Seal(config.envelope());
        EnvelopeCodec envelopes = new EnvelopeCodec(config.envelope(), seal, kept, 1000, InstantSource.system());
        return new HandOverPlanner(Map.of("flow", FLOW, "elsewhere", ELSEWHERE), FLOW, config, ServiceFactory.out(config),
                WakeUpTimer.NONE,
                envelopes,
                new SignalTokens(seal, kept, Integer.MAX_VALUE));
    }

    private HandOverPlanner.PackedRun send(HandOverPlanner planner, HopMessage message) {
        HandOverPlanner.PackedRun packed = planner.pack(message, null, cancel, Integer.MAX_VALUE);
        assertThat(planner.send(packed)).isNull();
        return packed;
    }

    /** The same run for all tests, so that only its store makes a difference. */
    private static final Envelope ENVELOPE = ((Outcome.HandedOver) Run.of(FLOW, Store.create()).handOverWhen(next -> true)
            .start())
            .envelope();

    private static HopMessage message(int padding) {
        return new HopMessage(new Envelope(ENVELOPE.run(), "flow", 1, 1, Map.of(), ENVELOPE.position(),
                Store.of(Map.of("text", "x".repeat(padding))), ENVELOPE.path()), TRACE, false);
    }

    /** {@return a run before its remote flow} */
    private static HopMessage moving() {
        return new HopMessage(((Outcome.HandedOver) Run.of(FLOW, Store.create()).start()).envelope(), TRACE, false);
    }

    /** {@return the number of bytes sent; for the caller's way, with the answer around the envelope} */
    private int sent(HandOverPlanner planner, String way, int padding) throws Exception {
        HopMessage message = message(padding);
        HandOverPlanner.PackedRun sent = send(planner, message);
        if (way.equals("caller")) {
            return planner.answer(sent, null).json().length;
        }
        RecordingServer.Request request = receiver.requests.get(receiver.requests.size() - 1);
        return way.equals("sqs") ? Json.MAPPER.readTree(request.text()).get("MessageBody").asText().getBytes(UTF_8).length
                : request.body().length;
    }

    @ParameterizedTest
    @CsvSource({ "lambda, 1048576,", "http, 1048576,", "sqs, 1047552,", "caller, 262144,", "caller, 262144, token" })
    void limitToTheByte_isHandedOver_oneMoreIsClaimed(String way, int limit, String token) throws Exception {
        cancel = token;
        HandOverPlanner planner = planner(way, Map.of());
        int padding = limit - sent(planner, way, 0);

        assertThat(sent(planner, way, padding - 1)).isEqualTo(limit - 1);
        assertThat(sent(planner, way, padding)).isEqualTo(limit);
        assertThat(kept.content).isEmpty();
        assertThat(sent(planner, way, padding + 1)).isLessThan(2000);
        assertThat(kept.content).hasSize(1);
    }

    @Test
    void remoteFlow_isSentToItsAddress_orItsName() throws Exception {
        send(planner("lambda", Map.of()), moving());
        send(planner("lambda", Map.of("quarkus.pocketflow.remote.elsewhere", "other-function")), moving());

        assertThat(receiver.requests).extracting(RecordingServer.Request::target).containsExactly(
                "/2015-03-31/functions/elsewhere/invocations", "/2015-03-31/functions/other-function/invocations");
    }

    @Test
    void nestedFlow_continuesHere_andIsSentToThisFunctionWhenTheBudgetIsSpent() {
        HandOverPlanner nested = planner("lambda", Map.of("quarkus.pocketflow.remote.elsewhere", "nested"));

        assertThat(send(nested, moving()).route()).isEqualTo(HandOverPlanner.Route.HERE);
        assertThat(receiver.requests).isEmpty();

        assertThat(nested.hosted("elsewhere")).isSameAs(ELSEWHERE);
        assertThat(send(nested, message(0)).route()).isEqualTo(HandOverPlanner.Route.OUT);
        assertThat(receiver.only().target()).isEqualTo("/2015-03-31/functions/me/invocations");
    }

    @Test
    void run_isHandedToTheCaller_alsoWhenItMoves() {
        HandOverPlanner.PackedRun sent = send(planner("caller", Map.of()), moving());

        assertThat(sent.to()).isEqualTo("elsewhere");
        assertThat(sent.route()).isEqualTo(HandOverPlanner.Route.CALLER);
    }

    @Test
    void limit_mayBeLowerThanTheTransports() {
        assertThatThrownBy(() -> {
            HandOverPlanner small = planner("lambda", Map.of("quarkus.pocketflow.envelope.limit", "100"));
            send(small, message(500));
        }).isInstanceOf(HandOverFailed.class).hasMessageContaining("100 bytes");
    }

    @Test
    void remoteFlow_isSentToItsAddress_inEachSpellingOfItsName() throws Exception {
        send(planner("lambda",
                Map.of("quarkus.pocketflow.remote.else.where", "wrong", "quarkus.pocketflow.remote.ELSEWHERE", "right")),
                moving());

        assertThat(receiver.only().target()).isEqualTo("/2015-03-31/functions/right/invocations");
    }

    /** A run whose sender chose its next flow. */
    private HopMessage steered(String to) {
        return new HopMessage(
                ((Outcome.HandedOver) Run.of(Flow.named("flow").node("away", new RemoteFlow(to)).build(), Store.create())
                        .start()).envelope(),
                TRACE, false);
    }

    @ParameterizedTest
    @CsvSource({ "lambda, other-function", "sqs, URL", "http, URL", "caller, other-function" })
    void unsealedRun_isSentToConfiguredAddressesOnly(String way, String target) {
        HandOverPlanner unsealed = planner(way, Map.of("quarkus.pocketflow.envelope.seal", "none"));
        HopMessage run = steered(target.replace("URL", receiver.url() + "/elsewhere"));

        assertThatThrownBy(() -> send(unsealed, run)).isInstanceOf(HandOverFailed.class)
                .hasMessageContaining("quarkus.pocketflow.envelope.seal=none", "quarkus.pocketflow.remote.");
        assertThatThrownBy(() -> unsealed.again(run, new byte[0], null, null)).isInstanceOf(HandOverFailed.class);
        assertThat(receiver.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "lambda, other-function", "sqs, URL", "http, URL" })
    void unsealedRun_isHandedOver_toItsOwnFunction_andToConfiguredOnes(String way, String address) {
        HandOverPlanner unsealed = planner(way,
                Map.of("quarkus.pocketflow.envelope.seal", "none", "quarkus.pocketflow.remote.elsewhere",
                        address.replace("URL", receiver.url() + "/elsewhere")));

        assertThat(send(unsealed, message(0)).route()).isEqualTo(HandOverPlanner.Route.OUT);
        assertThat(send(unsealed, moving()).route()).isEqualTo(HandOverPlanner.Route.OUT);
        assertThat(receiver.requests).hasSize(2);
    }
}
