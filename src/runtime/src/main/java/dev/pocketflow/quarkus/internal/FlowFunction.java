package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Run;
import dev.pocketflow.StepEvent;
import dev.pocketflow.internal.Threads;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.PocketFlowConfig;
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
    private Envelopes envelopes;
    private Dispatch dispatch;

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
        this.envelopes = new Envelopes(config.envelope(), seal, Ways.claimCheck(config.claimCheck()), config.budget().hops(),
                InstantSource.system());
        this.dispatch = new Dispatch(flows, flow, config, Ways.out(config), envelopes);
    }

    Flow flow() {
        return flow;
    }

    /**
     * The work of this invocation, to be started on a thread where the invocation's request context is active.
     *
     * @param platform what the platform leaves the invocation; null where it sets no limit
     * @param caller is told of every step; may be null
     * @throws EnvelopeRefused if the run that the event brings must not go on
     */
    Invocation invocation(Input input, Supplier<Duration> platform, Consumer<StepEvent> caller) {
        Parcel parcel = input.envelope() != null ? envelopes.unpack(input.envelope())
                : new Parcel(Envelope.first(flow, input.store()), Traceparent.of(input.traceparent()), false);
        return new Invocation(parcel, each -> run(each, platform, caller), dispatch, envelopes, log,
                new RequestExecutor(threads()));
    }

    private Run run(Parcel parcel, Supplier<Duration> platform, Consumer<StepEvent> caller) {
        Run run = resumed(parcel.envelope()).maxSteps(config.maxSteps()).executor(new RequestExecutor(threads()));
        Supplier<Duration> limit = sooner(platform, config.timeout().orElse(null));
        if (limit != null) {
            run.remaining(limit);
        }
        Supplier<Duration> time = config.handOver().isPresent() ? platform : null;
        HopBudget budget = new HopBudget(config.budget(), times, run, sooner(time, config.budget().time().orElse(null)),
                System::nanoTime);
        if (budget.limits()) {
            parcel.envelope().path().forEach(budget::seen);
            run.handOverWhen(budget);
        }
        if (config.roundTrip() == RoundTrip.EVERY_STEP) {
            run.everyStep(envelope -> envelopes
                    .unpack(envelopes.pack(new Parcel(envelope, parcel.traceparent(), parcel.claimed()), Integer.MAX_VALUE))
                    .envelope());
        }
        return run.listener(event -> {
            if (event instanceof StepEvent.Finished step) {
                budget.seen(step);
            }
            tell(event, caller);
        });
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
