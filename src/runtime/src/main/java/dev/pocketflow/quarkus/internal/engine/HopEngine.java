package dev.pocketflow.quarkus.internal.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.Ulid;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.config.InputConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.envelope.OpenEnvelope;
import dev.pocketflow.quarkus.internal.envelope.Traceparent;
import dev.pocketflow.quarkus.internal.json.IncomingValues;
import dev.pocketflow.quarkus.internal.ledger.IdempotencyKey;
import dev.pocketflow.quarkus.internal.response.AnswerView;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.StandIns;
import dev.pocketflow.quarkus.internal.signal.Signal;
import io.quarkus.runtime.LaunchMode;

/** Decides what an event does, and begins the hop that it causes. Thread-safe. */
public final class HopEngine {

    private final Flow flow;
    private final PocketFlowConfig config;
    private final HopServices services;
    private final StandIns standIns;
    private final RunFactory runs;

    public HopEngine(Flow flow, StepDurations times, PocketFlowConfig config, HopServices services) {
        this.flow = flow;
        this.config = config;
        this.services = services;
        this.standIns = new StandIns(config, LaunchMode.current().isDevOrTest());
        this.runs = new RunFactory(flow, times, config, services, standIns);
    }

    HopServices services() {
        return services;
    }

    /**
     * Begins the hop of an event. An event that starts a run starts this function's own flow.
     *
     * @see #begin(EntryEvent, Flow, Caller)
     */
    public BegunHop begin(EntryEvent event, Caller caller) {
        return begin(event, flow, caller);
    }

    /**
     * Begins the hop of an event. It is started on a thread where the invocation's request context is active.
     *
     * @param starts the flow of which an event starts a run
     * @throws BadEvent if it starts a run, and its data are no input of the flow
     * @throws EnvelopeRefused if the run of the event must not go on
     */
    public BegunHop begin(EntryEvent event, Flow starts, Caller caller) {
        if (event instanceof EntryEvent.CancelRun cancel) {
            String run = services.tokens().cancelled(cancel.token());
            return new BegunHop.Answered(run, () -> null, cancel(run));
        }
        RunFactory.Invocation invocation = runs.invocation(caller);
        return HopExecution.begin(services, runs, invocation, arrival(event, starts));
    }

    /**
     * The caller of an invocation.
     *
     * @param platform the time that the platform leaves the invocation; null without a limit
     * @param listener receives every event of the run; null for none
     * @param emitted whether the listener wants what nodes emit too
     * @param asks what the answer is to show
     */
    public record Caller(Supplier<Duration> platform, Consumer<RunEvent> listener, boolean emitted,
            AnswerView.Request asks) {

        /** A caller that limits nothing, and waits for the answer only. */
        public static final Caller PLAIN = new Caller(null, null, false, AnswerView.Request.NONE);

        public Caller within(Supplier<Duration> time) {
            return new Caller(time, listener, emitted, asks);
        }

        public Caller listening(Consumer<RunEvent> receiver) {
            return new Caller(platform, receiver, true, asks);
        }

        /** {@return a caller that follows the steps, and has no use for what nodes emit} */
        public Caller following(Consumer<RunEvent> receiver) {
            return new Caller(platform, receiver, false, asks);
        }

        public Caller asking(AnswerView.Request more) {
            return new Caller(platform, listener, emitted, more);
        }
    }

    /**
     * A run as an event brought it.
     *
     * @param message the run
     * @param sealed its envelope; null if the event starts the run
     * @param signal for the run; null without one
     */
    record Arrival(HopMessage message, byte[] sealed, Signal signal) {
    }

    private Arrival arrival(EntryEvent event, Flow starts) {
        int maxDepth = config.envelope().maxDepth();
        if (event instanceof EntryEvent.StartRun start) {
            IncomingValues.check(start.store().asMap(), maxDepth);
            Store accepted = services.contracts().accept(starts, start.store(), ignoresUnknown());
            return new Arrival(first(start, starts, accepted), null, null);
        } else if (event instanceof EntryEvent.SignalRun signalled) {
            Signal signal = signalled.signal();
            OpenEnvelope waiting = services.tokens().open(signal.token());
            signal.check(maxDepth, config.envelope().maxBytes());
            IncomingValues.check(signal.name(), signal.payload(), maxDepth);
            return new Arrival(services.parkIfRefused(waiting.sealed(), () -> services.envelopes().read(waiting)),
                    waiting.sealed(), signal);
        }
        byte[] sealed = ((EntryEvent.ResumeRun) event).envelope();
        return new Arrival(services.parkIfRefused(sealed, () -> services.envelopes().unpack(sealed)), sealed, null);
    }

    /** @param accepted the run's first store; its identity is that of the event's data, which no default changes */
    private HopMessage first(EntryEvent.StartRun start, Flow starts, Store accepted) {
        String run = start.identity() == null ? Ulid.unique()
                : IdempotencyKey.run(services.ledger(), starts.name(), start.identity(), start.store(),
                        services.clock().instant());
        Envelope first = new Envelope(run, starts.name(), 0, 0, Map.of(), Position.START, accepted, List.of());
        return new HopMessage(standIns.began(first), Traceparent.of(start.traceparent()), false);
    }

    /** {@return whether an input may have values that the flow does not take} */
    public boolean ignoresUnknown() {
        return config.input().unknown() == InputConfig.Unknown.IGNORE;
    }

    /** {@return the JSON Schema of the flow's input and output} */
    public Map<String, Object> schema(Flow described) {
        return services.contracts().of(described).schema(ignoresUnknown());
    }

    /**
     * {@return whether runs of a flow of the application work here} A flow that a {@code RemoteFlow} names may work elsewhere.
     */
    public boolean hosts(Flow hosted) {
        return services.planner().hosted(hosted.name()) != null;
    }

    /** See {@link dev.pocketflow.quarkus.Flows#open}. */
    public RunSuspended open(String token) {
        Envelope envelope = services.envelopes().read(services.tokens().open(token)).envelope();
        String signal = runs.resume(envelope).awaits();
        if (signal == null) {
            throw new EnvelopeRefused(Reason.MALFORMED,
                    "the token is of run " + envelope.run() + ", which waits for no signal");
        }
        return new RunSuspended(envelope.run(), envelope.target(), signal, envelope.until(), token, envelope.store());
    }

    /**
     * Ends a run before its next step. A run's ULID alone gives nobody the right to cancel it.
     *
     * @param run its ULID
     * @throws BadEvent if no ledger is configured
     */
    public HopResponse cancel(String run) {
        if (services.ledger().isNone()) {
            throw new BadEvent(400,
                    "a run cannot be cancelled here: there is no ledger to tell it by. Set quarkus.pocketflow.ledger");
        }
        services.ledger().cancel(run, config.envelope().restExpires());
        return HopResponse.cancelling(run);
    }
}
