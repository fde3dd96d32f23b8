package dev.pocketflow.quarkus.internal.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Flow;
import dev.pocketflow.cloud.faults.FaultPlan;
import dev.pocketflow.cloud.faults.SimulatedCloud;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.RunFailed;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.contract.FlowContracts;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.engine.HandOverPlanner;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.engine.HopServices;
import dev.pocketflow.quarkus.internal.engine.StepDurations;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.seal.Seal;
import dev.pocketflow.quarkus.internal.signal.SignalTokens;
import dev.pocketflow.quarkus.internal.telemetry.StepLog;
import dev.pocketflow.testing.FakeTime;
import io.smallrye.config.SmallRyeConfigBuilder;

/** A run of the workflow under a plan of faults. The functions are real, the services that they call are not. */
final class ChaosRun {

    /** The number of times that somebody sends parked and dead events again. */
    private static final int ROUNDS = 12;

    /** The end of the run without faults. */
    static final String EXPECTED = new ChaosRun("free", FaultPlan.none(), Ledger.NONE, "hop").toItsEnd().world.outcomes
            .iterator()
            .next();

    final ChaosWorld world;
    private final String name;
    private final FakeTime time = new FakeTime();
    private final Map<String, HopEngine> engines = new HashMap<>();

    /** @param name of its start event, and @param ledger of all functions */
    private ChaosRun(String name, FaultPlan plan, Ledger ledger, String checkpoint) {
        this.name = name;
        world = new ChaosWorld(plan);
        world.cloud = new SimulatedCloud(plan, time);
        ChaosFlows flows = new ChaosFlows(world, !ledger.isNone());
        for (Flow flow : List.of(flows.order(), flows.credit(), flows.shipping())) {
            engines.put(flow.name(), engine(flow, ledger, checkpoint));
            world.cloud.deploy(flow.name(), (event, id, process) -> handle(flow.name(), event, id, process));
        }
    }

    private HopEngine engine(Flow flow, Ledger ledger, String checkpoint) {
        PocketFlowConfig config = new SmallRyeConfigBuilder().withMapping(PocketFlowConfig.class).addDiscoveredConverters()
                .withDefaultValues(Map.of("quarkus.pocketflow.hand-over", "lambda", "quarkus.pocketflow.envelope.seal", "none",
                        "quarkus.pocketflow.checkpoint", checkpoint, "quarkus.pocketflow.budget.steps", "5",
                        "quarkus.pocketflow.log.steps", "false",
                        "quarkus.pocketflow.envelope.expires", "365d", "quarkus.pocketflow.remote.order", "order",
                        "quarkus.pocketflow.remote.credit",
                        "credit", "quarkus.pocketflow.remote.shipping", "shipping")) // a run without a seal is sent to named addresses only
                .build().getConfigMapping(PocketFlowConfig.class);
        Seal seal = new Seal(config.envelope());
        ChaosParts parts = new ChaosParts(world);
        EnvelopeCodec envelopes = new EnvelopeCodec(config.envelope(), seal, ClaimCheck.NONE, 1000, time);
        SignalTokens tokens = new SignalTokens(seal, ClaimCheck.NONE, Integer.MAX_VALUE);
        HandOverPlanner planner = new HandOverPlanner(Map.of(flow.name(), flow), flow, config, parts.way(flow.name()),
                parts.timer(flow.name(), time), envelopes, tokens);
        Ledger faulty = ledger.isNone() ? ledger : new ChaosParts.FaultyLedger(ledger, parts);
        return new HopEngine(flow, new StepDurations(Map.of()), config,
                new HopServices(new FlowContracts(List.of(flow)), planner, envelopes, tokens, faulty, parts.park(),
                        new StepLog(config.log()), () -> Runnable::run, time, event -> {
                        }, false, this::asked));
    }

    private void handle(String function, byte[] event, String id, SimulatedCloud.Process process) {
        EntryEvent input = EventParser.direct(event).withIdentity(EventIdentity.Kind.LAMBDA, name + " " + id);
        int before = world.hop;
        world.hop = input instanceof EntryEvent.SignalRun signalled
                ? hop(Base64.getUrlDecoder().decode(signalled.signal().token()))
                : input instanceof EntryEvent.ResumeRun resumed ? hop(resumed.envelope()) : 0;
        world.begun.merge(world.hop, 1, Integer::sum);
        try {
            HopResponse answer = engines.get(function).begin(input, HopEngine.Caller.PLAIN.within(process::remaining)).start();
            if (answer.failed()) {
                throw new RunFailed(answer.message());
            }
            ended(answer);
        } catch (EnvelopeRefused refused) {
            if (refused.reason() != Reason.USED) { // a signal that was already received is not a failure
                throw refused;
            }
        } finally {
            world.hop = before;
        }
    }

    private static int hop(byte[] envelope) {
        return json(envelope).get("hop").asInt();
    }

    private void ended(HopResponse answer) {
        JsonNode outcome = json(answer.json());
        if (outcome.get("status").asText().equals("completed")) {
            world.outcomes.add(outcome.get("action").asText() + " " + sorted(outcome.get("store")));
        }
    }

    private static String sorted(JsonNode store) {
        Map<String, String> values = new TreeMap<>();
        store.properties().forEach(each -> values.put(each.getKey(), each.getValue().toString()));
        return values.toString();
    }

    private static JsonNode json(byte[] json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Approves, as a person does some time later. */
    private void asked(RunSuspended run) {
        world.pass("before asking");
        world.cloud.send("order", ("{\"pocketflow\":{\"token\":\"" + run.token()
                + "\",\"signal\":\"approved\",\"action\":\"yes\",\"payload\":{\"by\":\"Ada\"}}}").getBytes(UTF_8),
                Duration.ofHours(2));
        world.pass("after asking");
    }

    /** Runs until the end; somebody sends failed events again. */
    private ChaosRun toItsEnd() {
        world.cloud.send("order", "{}".getBytes(UTF_8), Duration.ZERO);
        world.cloud.settle();
        for (int round = 0; round < ROUNDS && world.outcomes.isEmpty(); round++) {
            world.cloud.takeDeadLetters().forEach(world.cloud::redrive);
            List<byte[]> parked = List.copyOf(world.parked);
            world.parked.clear();
            parked.forEach(each -> world.cloud.send(target(each), each, Duration.ZERO));
            world.cloud.settle();
        }
        return this;
    }

    private static String target(byte[] envelope) {
        JsonNode position = json(envelope).get("position");
        String target = json(envelope).get("flow").asText();
        for (JsonNode frame : position) {
            target = frame.has("remote") ? frame.get("flow").asText() : target;
        }
        return target;
    }

    /** {@return the end of the run: ended, wrong, parked or lost} */
    String verdict() {
        if (world.outcomes.isEmpty()) {
            return world.parked.isEmpty() && world.cloud.takeDeadLetters().isEmpty() ? "lost" : "parked";
        }
        return world.outcomes.equals(Set.of(EXPECTED)) ? "ended" : "wrong";
    }

    /** A clock that exists before the time that it tells. */
    static final class Clock implements InstantSource {
        private InstantSource time;

        @Override
        public Instant instant() {
            return time.instant();
        }
    }

    /** {@return the run, ended, with the ledger that is made for a clock, or without one} */
    static ChaosRun ended(String name, FaultPlan plan, Ledger ledger, Clock clock, String checkpoint) {
        ChaosRun run = new ChaosRun(name, plan, ledger, checkpoint);
        clock.time = run.time;
        return run.toItsEnd();
    }
}
