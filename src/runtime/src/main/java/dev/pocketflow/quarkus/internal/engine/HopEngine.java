package dev.pocketflow.quarkus.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Run;
import dev.pocketflow.RunEvent;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.Thrown;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig.Checkpoint;
import dev.pocketflow.quarkus.config.PocketFlowConfig.Drift;
import dev.pocketflow.quarkus.config.PocketFlowConfig.RoundTrip;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.envelope.Traceparent;
import dev.pocketflow.quarkus.internal.json.IncomingValues;
import dev.pocketflow.quarkus.internal.ledger.IdempotencyKey;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.StandIns;
import dev.pocketflow.quarkus.internal.settings.FreeKeys;
import dev.pocketflow.quarkus.internal.signal.Signal;
import dev.pocketflow.quarkus.internal.telemetry.TokenUsageListener;
import io.quarkus.runtime.LaunchMode;

/** Sets up the runs of a function. Thread-safe. */
public final class HopEngine {

    /** Refusals of envelopes that are sealed by us, and may be taken yet. */
    private static final Set<Reason> OURS = EnumSet.of(Reason.DRIFTED, Reason.TOO_MANY_HOPS, Reason.EXPIRED,
            Reason.UNKNOWN_FLOW);

    private final Flow flow;
    private final StepDurations times;
    private final PocketFlowConfig config;
    private final HopServices services;
    private final Map<String, Double> usage;
    private final StandIns standIns;

    public HopEngine(Flow flow, StepDurations times, PocketFlowConfig config, HopServices services) {
        this.flow = flow;
        this.times = times;
        this.config = config;
        this.services = services;
        this.usage = new FreeKeys<>(SettingsCheck.USAGE, config.budget().usage(),
                List.of(TokenUsageListener.INPUT, TokenUsageListener.OUTPUT)).entries();
        this.standIns = new StandIns(config, LaunchMode.current().isDevOrTest());
    }

    HopServices services() {
        return services;
    }

    /**
     * Begins the hop of an event. It is started on a thread where the invocation's request context is active.
     *
     * @param platform the time that the platform leaves the invocation; null without a limit
     * @param caller receives every event of the run; may be null
     * @throws EnvelopeRefused if the run of the event must not go on
     */
    public BegunHop begin(EntryEvent event, Supplier<Duration> platform, Consumer<RunEvent> caller) {
        if (event instanceof EntryEvent.CancelRun cancel) {
            String run = services.tokens().cancelled(cancel.token());
            return new BegunHop.Answered(run, () -> null, cancel(run));
        }
        int maxDepth = config.envelope().maxDepth();
        Signal signal = null;
        byte[] body = null;
        if (event instanceof EntryEvent.StartRun start) {
            IncomingValues.check(start.store().asMap(), maxDepth);
        } else if (event instanceof EntryEvent.SignalRun signalled) {
            signal = signalled.signal();
            body = services.tokens().envelope(signal.token());
            signal.check(maxDepth, config.envelope().maxBytes());
            IncomingValues.check(signal.name(), signal.payload(), maxDepth);
        } else if (event instanceof EntryEvent.ResumeRun resume) {
            body = resume.envelope();
        }
        Supplier<Duration> left = sooner(platform, config.timeout().orElse(null));
        RunFactory runs = (each, checkpoint, cancelled) -> run(each, platform, left, caller, checkpoint, cancelled);
        try {
            HopMessage message = event instanceof EntryEvent.StartRun start ? first(start) : services.envelopes().unpack(body);
            return new HopExecution(services, runs, message, body, signal, services.executor().get(), config.ledger().poll(),
                    services.clock().instant().plus(left == null ? config.ledger().claim() : left.get()));
        } catch (HopExecution.RefusedCheckpoint taken) {
            park(taken.checkpoint, taken.refused);
            throw taken.refused;
        } catch (EnvelopeRefused refused) {
            park(body, refused);
            throw refused;
        }
    }

    /** A run is not lost for being refused. */
    private void park(byte[] body, EnvelopeRefused refused) {
        if (services.park().isNone() || body == null || !OURS.contains(refused.reason())) {
            return;
        }
        EnvelopeCodec.Identity run = services.envelopes().identity(body);
        FailedRunStore.Message message = new FailedRunStore.Message(run.run(), run.hop(), run.flow(), null,
                refused.reason().name(), body, true);
        try {
            services.log().parked(message, services.park().park(message));
        } catch (RuntimeException | LinkageError e) {
            services.log().unparked(message.run(), e);
        }
    }

    private HopMessage first(EntryEvent.StartRun start) {
        Envelope first = start.identity() == null ? Envelope.first(flow, start.store())
                : new Envelope(IdempotencyKey.run(services.ledger(), flow.name(), start.identity(), start.store(),
                        services.clock().instant()), flow.name(), 0, 0, Map.of(), List.of(), start.store(), List.of());
        return new HopMessage(standIns.began(first), Traceparent.of(start.traceparent()), false);
    }

    /** See {@link dev.pocketflow.quarkus.Suspensions#open}. */
    public RunSuspended open(String token) {
        Envelope envelope = services.envelopes().unpack(services.tokens().envelope(token)).envelope();
        String signal = resumed(envelope).awaits();
        if (signal == null) {
            throw new EnvelopeRefused(Reason.MALFORMED,
                    "the token is of run " + envelope.run() + ", which waits for no signal");
        }
        return new RunSuspended(envelope.run(), envelope.target(), signal, envelope.until(), token, envelope.store());
    }

    /**
     * Ends a run before its next step. Who knows a run by its ULID only has no right to this.
     *
     * @param run its ULID
     * @throws BadEvent if there is no ledger to tell it by
     */
    public HopResponse cancel(String run) {
        if (services.ledger().isNone()) {
            throw new BadEvent(400, "a run cannot be cancelled here: there is no ledger to tell it by. Set pocketflow.ledger");
        }
        services.ledger().cancel(run, config.envelope().restExpires());
        return HopResponse.cancelling(run);
    }

    private Run run(HopMessage parcel, Supplier<Duration> platform, Supplier<Duration> limit, Consumer<RunEvent> caller,
            Consumer<Envelope> checkpoint, BooleanSupplier cancelled) {
        Run run = resumed(standIns.taken(parcel.envelope())).maxSteps(config.maxSteps()).clock(services.clock())
                .executor(services.executor().get());
        if (limit != null) {
            run.remaining(limit);
        }
        HopBudget budget = budget(run, platform);
        if (budget.limits()) {
            parcel.envelope().path().forEach(budget::seen);
            run.handOverWhen(budget);
        }
        UsageBudget usage = new UsageBudget(this.usage, run::usage);
        if (usage.limits() || !services.ledger().isNone()) {
            run.stopWhen(() -> cancelled.getAsBoolean() ? "because it was cancelled" : usage.limits() ? usage.get() : null);
        }
        if (config.checkValues()) {
            run.checkValues();
        }
        UnaryOperator<Envelope> trip = trip(parcel, checkpoint);
        if (trip != null) {
            run.everyStep(trip);
        }
        if (caller == null && !services.watching()) {
            run.withoutEmitted();
        }
        return run.listener(event -> {
            if (event instanceof RunEvent.Finished step) {
                budget.seen(step);
            }
            tell(event, caller);
        });
    }

    private HopBudget budget(Run run, Supplier<Duration> platform) {
        Supplier<Duration> time = config.handOver().isPresent() ? platform : null;
        return new HopBudget(config.budget(), times, run, sooner(time, config.budget().time().orElse(null)),
                System::nanoTime);
    }

    private UnaryOperator<Envelope> trip(HopMessage parcel, Consumer<Envelope> checkpoint) {
        UnaryOperator<Envelope> kept = services.ledger().isNone() || config.checkpoint() == Checkpoint.HOP ? null
                : envelope -> {
                    checkpoint.accept(envelope);
                    return envelope;
                };
        if (config.roundTrip() == RoundTrip.NEVER) {
            return kept;
        }
        UnaryOperator<Envelope> there = envelope -> services.envelopes().unpack(services.envelopes().pack(
                new HopMessage(envelope, parcel.traceparent(), parcel.claimed()), Integer.MAX_VALUE)).envelope();
        return kept == null ? there : envelope -> there.apply(kept.apply(envelope));
    }

    private Run resumed(Envelope envelope) {
        Flow hosted = services.dispatch().hosted(envelope.target());
        if (hosted == null) {
            throw new EnvelopeRefused(Reason.UNKNOWN_FLOW, "the envelope of run " + envelope.run() + " is for flow '"
                    + LogText.of(envelope.target()) + "', and here is " + List.of(flow.name())
                    + ". Send it to the function of that flow");
        }
        if (config.drift() == Drift.REJECT && envelope.graph() != null && !envelope.graph().equals(hosted.fingerprint())) {
            throw new EnvelopeRefused(Reason.DRIFTED, "flow '" + hosted.name() + "' has changed since run " + envelope.run()
                    + " was handed over. Resume it with the version it began with, or set pocketflow.drift=accept");
        }
        try {
            return Run.resume(hosted, envelope);
        } catch (FlowException.Drifted e) {
            throw new EnvelopeRefused(Reason.DRIFTED, "run " + envelope.run() + ": " + e.getMessage());
        }
    }

    private void tell(RunEvent event, Consumer<RunEvent> caller) {
        services.log().step(event);
        try {
            services.observers().accept(event);
        } catch (RuntimeException | Error e) {
            if (Thrown.isFatal(e)) {
                throw e;
            }
            services.log().observer(event, e);
        } finally { // the caller's stream is no matter of an observer that fails
            if (caller != null) {
                caller.accept(event);
            }
        }
    }

    private static Supplier<Duration> sooner(Supplier<Duration> platform, Duration own) {
        if (own == null) {
            return platform;
        }
        Instant end = Instant.now().plus(own);
        return () -> {
            Duration left = Duration.between(Instant.now(), end);
            return platform == null || left.compareTo(platform.get()) < 0 ? left : platform.get();
        };
    }
}
