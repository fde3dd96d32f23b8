package dev.pocketflow.quarkus.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Flow;
import dev.pocketflow.internal.Json;
import dev.pocketflow.quarkus.PocketFlowConfig;
import dev.pocketflow.quarkus.RunSuspended;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Where events of one function are handed in: what it is made of is as in production, but for who tells people of runs. */
final class Counter {

    final List<RunSuspended> told = new ArrayList<>();
    final List<WayOut.Message> timed = new ArrayList<>();
    final Engine engine;
    /** The timer runs this first. */
    Runnable waking = () -> {
    };
    /** What telling a person throws; null for nothing. */
    RuntimeException deaf;

    /**
     * @param ledger null for none; @param park null for the answer alone; @param config keys without their prefix, and values
     */
    Counter(Flow flow, Ledger ledger, Park park, InstantSource clock, String... config) {
        PocketFlowConfig read = config(config);
        Seal seal = new Seal(read.envelope());
        Envelopes envelopes = new Envelopes(read.envelope(), seal, null, read.budget().hops(), clock);
        Tokens tokens = new Tokens(seal, null, Integer.MAX_VALUE);
        Dispatch dispatch = new Dispatch(Map.of(flow.name(), flow), flow, read, null, new Kept(), envelopes, tokens);
        engine = new Engine(flow, new StepTimes(Map.of()), read, new Services(dispatch, envelopes, tokens, ledger, park,
                new StepLog(read.log()), () -> Runnable::run, clock, event -> {
                }, false, this::tell));
    }

    private static PocketFlowConfig config(String... config) {
        Map<String, String> values = new HashMap<>(Map.of("pocketflow.hand-over", "local", "pocketflow.log.steps", "false",
                "pocketflow.envelope.keys.k1", Settings.K1, "pocketflow.ledger.poll", "0s"));
        for (int i = 0; i < config.length; i += 2) {
            values.put("pocketflow." + config[i], config[i + 1]);
        }
        return new SmallRyeConfigBuilder().withMapping(PocketFlowConfig.class).addDiscoveredConverters()
                .withDefaultValues(values).build().getConfigMapping(PocketFlowConfig.class);
    }

    private void tell(RunSuspended run) {
        if (deaf != null) {
            throw deaf;
        }
        told.add(run);
    }

    /** The timer, which a test is: it keeps what is to be brought back. */
    private final class Kept implements Timer {
        @Override
        public int limit() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void wake(WayOut.Message message, Instant until) {
            waking.run();
            timed.add(message);
        }
    }

    /** {@return the answer, as JSON} */
    JsonNode send(String event) {
        Input input = Events.direct(event.getBytes(UTF_8));
        return json((input.cancel() != null ? engine.cancelBy(input.cancel()) : engine.invocation(input, null, null).start())
                .json());
    }

    JsonNode signal(String token, String action, Object payload) {
        Map<String, Object> signal = new HashMap<>(Map.of("token", token, "signal", "approved", "action", action));
        if (payload != null) {
            signal.put("payload", payload);
        }
        return send(new String(Answer.json(Map.of("pocketflow", signal)), UTF_8));
    }

    static JsonNode json(byte[] json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
