package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Run;
import dev.pocketflow.StepEvent;
import dev.pocketflow.internal.Threads;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.PocketFlowConfig;
import dev.pocketflow.quarkus.PocketFlowConfig.Checkpoint;
import dev.pocketflow.quarkus.PocketFlowConfig.Drift;
import dev.pocketflow.quarkus.PocketFlowConfig.RoundTrip;
import io.quarkus.runtime.ExecutorRecorder;

/** The flow that this application serves, and how its runs are set up. */
@Singleton
public class FlowFunction {

    private final Event<StepEvent> observers;
    private Map<String, Flow> flows;
    private Flow flow;
    private StepTimes times;
    private PocketFlowConfig config;
    private StepLog log;
    private Dispatch dispatch;
    private Services services;

    FlowFunction(Event<StepEvent> observers) {
        this.observers = observers;
    }

    /** @param timeouts of the nodes' execs, in milliseconds, by class */
    void serve(Map<String, Flow> flows, Flow flow, Map<String, Long> timeouts) {
        this.flows = flows;
        this.flow = flow;
        this.times = new StepTimes(timeouts);
    }

    void configure(PocketFlowConfig config, Seal seal) {
        ConfigCheck.check(config);
        this.config = config;
        this.log = new StepLog(config.log());
        InstantSource clock = InstantSource.system();
        ClaimCheck claims = Ways.claimCheck(config.claimCheck());
        Envelopes envelopes = new Envelopes(config.envelope(), seal, claims, config.budget().hops(), clock);
        Tokens tokens = new Tokens(seal, claims, config.envelope().maxBytes());
        RequestExecutor executor = new RequestExecutor(threads());
        Timer timer = Ways.timer(config, clock, () -> new ProcessTimer(clock, executor, this::woken));
        this.dispatch = new Dispatch(flows, flow, config, Ways.out(config), timer, envelopes, tokens);
        this.services = new Services(dispatch, envelopes, tokens, Ways.ledger(config, clock), config.ledger().poll(),
                Ways.park(config, seal), log, executor, clock);
    }

    Flow flow() {
        return flow;
    }

    /**
     * The work of this invocation, to be started on a thread where the invocation's request context is active.
     *
     * @param input no cancellation
     * @param platform what the platform leaves the invocation; null where it sets no limit
     * @param caller is told of every step; may be null
     * @throws EnvelopeRefused if the run that the event brings must not go on
     */
    Invocation invocation(Input input, Supplier<Duration> platform, Consumer<StepEvent> caller) {
        byte[] body = input.signal() == null ? input.envelope() : services.tokens().envelope(input.signal().token());
        Parcel parcel = body == null ? new Parcel(first(input), Traceparent.of(input.traceparent()), false)
                : services.envelopes().unpack(body);
        Supplier<Duration> left = sooner(platform, config.timeout().orElse(null));
        Runs runs = (each, checkpoint, cancelled) -> run(each, platform, left, caller, checkpoint, cancelled);
        return new Invocation(services, runs, parcel, body, input.signal(),
                services.clock().instant().plus(left == null ? config.ledger().claim() : left.get()));
    }

    private Envelope first(Input input) {
        Envelope fresh = Envelope.first(flow, input.store());
        return input.identity() == null ? fresh
                : new Envelope(RunId.of(flow.name(), input.identity()), flow.name(), 0, 0, Map.of(), List.of(), input.store(),
                        List.of());
    }

    /**
     * Ends a run before its next step.
     *
     * @param run its ULID
     * @throws BadEvent if there is no ledger to tell it by
     */
    Answer cancel(String run) {
        if (services.ledger() == null) {
            throw new BadEvent(400, "run " + run + " cannot be cancelled: there is no ledger here to tell it by. "
                    + "Set pocketflow.ledger");
        }
        services.ledger().cancel(run);
        return Answer.cancelling(run);
    }

    /** A run goes on that no caller waits for. */
    private void woken(WayOut.Message message) {
        try {
            invocation(new Input(null, message.body(), null), null, null).startAsync().whenComplete((answer, failure) -> {
                if (failure != null) {
                    log.woken(message.run(), failure);
                }
            });
        } catch (RuntimeException e) {
            log.woken(message.run(), e);
        }
    }

    private Run run(Parcel parcel, Supplier<Duration> platform, Supplier<Duration> limit, Consumer<StepEvent> caller,
            Consumer<Envelope> checkpoint, BooleanSupplier cancelled) {
        Run run = resumed(parcel.envelope()).maxSteps(config.maxSteps()).clock(services.clock())
                .executor(new RequestExecutor(threads()));
        if (limit != null) {
            run.remaining(limit);
        }
        HopBudget budget = budget(run, platform);
        if (budget.limits()) {
            parcel.envelope().path().forEach(budget::seen);
        }
        if (budget.limits() || services.ledger() != null) {
            run.handOverWhen(next -> {
                if (cancelled.getAsBoolean()) {
                    run.cancel();
                }
                return budget.limits() && budget.test(next);
            });
        }
        UnaryOperator<Envelope> trip = trip(parcel, checkpoint);
        if (trip != null) {
            run.everyStep(trip);
        }
        return run.listener(event -> {
            if (event instanceof StepEvent.Finished step) {
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

    private UnaryOperator<Envelope> trip(Parcel parcel, Consumer<Envelope> checkpoint) {
        UnaryOperator<Envelope> kept = services.ledger() == null || config.checkpoint() == Checkpoint.HOP ? null : envelope -> {
            checkpoint.accept(envelope);
            return envelope;
        };
        if (config.roundTrip() == RoundTrip.NEVER) {
            return kept;
        }
        UnaryOperator<Envelope> there = envelope -> services.envelopes().unpack(services.envelopes().pack(
                new Parcel(envelope, parcel.traceparent(), parcel.claimed()), Integer.MAX_VALUE)).envelope();
        return kept == null ? there : envelope -> there.apply(kept.apply(envelope));
    }

    private Run resumed(Envelope envelope) {
        Flow hosted = dispatch.hosted(envelope.target());
        if (hosted == null) {
            throw new EnvelopeRefused(Reason.UNKNOWN_FLOW, "the envelope of run " + envelope.run() + " is for flow '"
                    + envelope.target() + "', and here is " + List.of(flow.name()) + ". Send it to the function of that flow");
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

    private void tell(StepEvent event, Consumer<StepEvent> caller) {
        log.step(event);
        try {
            observers.fire(event);
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

    static Executor threads() {
        return Runtime.version().feature() >= 21 ? Threads.shared() : ExecutorRecorder.getCurrent();
    }
}
