package dev.pocketflow.quarkus.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.config.LedgerConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig.Checkpoint;
import dev.pocketflow.quarkus.config.PocketFlowConfig.Drift;
import dev.pocketflow.quarkus.config.PocketFlowConfig.RoundTrip;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.response.AnswerView;
import dev.pocketflow.quarkus.internal.response.StandIns;
import dev.pocketflow.quarkus.internal.settings.FreeKeys;
import dev.pocketflow.quarkus.internal.telemetry.TokenUsageListener;

/** Makes runs that are ready to start. Thread-safe. */
final class RunFactory {

    private final Flow flow;
    private final StepDurations times;
    private final PocketFlowConfig config;
    private final HopServices services;
    private final StandIns standIns;
    private final Map<String, Double> usage;

    RunFactory(Flow flow, StepDurations times, PocketFlowConfig config, HopServices services, StandIns standIns) {
        this.flow = flow;
        this.times = times;
        this.config = config;
        this.services = services;
        this.standIns = standIns;
        this.usage = new FreeKeys<>(SettingsCheck.USAGE, config.budget().usage(),
                List.of(TokenUsageListener.INPUT, TokenUsageListener.OUTPUT)).entries();
    }

    /**
     * An invocation of the function, for the runs that it executes.
     *
     * @param platform the time that the platform leaves it; null without a limit
     * @param left the time that it has, the configured one included; null without a limit
     * @param caller the caller of the invocation
     * @param ledger how long a claim lasts, and how often the ledger is asked whether a run is cancelled
     */
    record Invocation(Supplier<Duration> platform, Supplier<Duration> left, HopEngine.Caller caller, LedgerConfig ledger) {

        /** {@return when a claim that begins now ends} */
        Instant end(Instant now) {
            return now.plus(left == null ? ledger.claim() : left.get());
        }
    }

    Invocation invocation(HopEngine.Caller caller) {
        Supplier<Duration> platform = caller.platform();
        return new Invocation(platform, sooner(platform, config.timeout().orElse(null)), caller, config.ledger());
    }

    /**
     * Makes a run.
     *
     * @param checkpoint receives the run as it is after a step
     * @param cancelled whether to stop the run; asked before steps
     * @throws EnvelopeRefused if the run must not go on
     */
    Run run(HopMessage message, Invocation invocation, Consumer<Envelope> checkpoint, BooleanSupplier cancelled) {
        Run run = resume(standIns.taken(message.envelope())).maxSteps(config.maxSteps()).clock(services.clock())
                .executor(services.executor().get());
        if (invocation.left != null) {
            run.remaining(invocation.left);
        }
        Consumer<RunEvent> listener = event -> tell(event, invocation.caller().listener());
        Supplier<Duration> left = left(invocation.platform());
        if (left != null || config.budget().steps().isPresent()) {
            HopBudget budget = new HopBudget(config.budget(), times, run, left, System::nanoTime);
            message.envelope().path().forEach(budget::seen);
            run.handOverWhen(budget);
            listener = budget.learning(listener);
        }
        if (!usage.isEmpty() || !services.ledger().isNone()) {
            Supplier<String> spent = usage.isEmpty() ? () -> null : new UsageBudget(usage, run::usage);
            run.stopWhen(() -> cancelled.getAsBoolean() ? "because it was cancelled" : spent.get());
        }
        if (config.checkValues()) {
            run.checkValues();
        }
        UnaryOperator<Envelope> everyStep = everyStep(message, checkpoint);
        if (everyStep != null) {
            run.everyStep(everyStep);
        }
        if (!invocation.caller().emitted() && !services.watching()) {
            run.withoutEmitted();
        }
        return run.listener(listener);
    }

    /** {@return what the answer shows of a run} */
    AnswerView view(Run run, Invocation invocation) {
        return invocation.caller().asks().view(services.contracts().of(run.flow()).gives(), config.answer());
    }

    /** {@return the time after which a run is handed over; null without a limit} */
    private Supplier<Duration> left(Supplier<Duration> platform) {
        return sooner(config.handOver().isPresent() ? platform : null, config.budget().time().orElse(null));
    }

    /** {@return what receives the run after every step; null for nothing} */
    private UnaryOperator<Envelope> everyStep(HopMessage message, Consumer<Envelope> checkpoint) {
        boolean checkpoints = !services.ledger().isNone() && config.checkpoint() == Checkpoint.STEP;
        boolean roundTrips = config.roundTrip() == RoundTrip.EVERY_STEP;
        return !checkpoints && !roundTrips ? null : envelope -> {
            if (checkpoints) {
                checkpoint.accept(envelope);
            }
            return roundTrips ? roundTrip(message, envelope) : envelope;
        };
    }

    private Envelope roundTrip(HopMessage message, Envelope envelope) {
        HopMessage sent = new HopMessage(envelope, message.traceparent(), message.claimed());
        return services.envelopes().unpack(services.envelopes().pack(sent, Integer.MAX_VALUE)).envelope();
    }

    /** @throws EnvelopeRefused if the run must not go on here */
    Run resume(Envelope envelope) {
        Flow hosted = services.planner().hosted(envelope.target());
        if (hosted == null) {
            throw new EnvelopeRefused(Reason.UNKNOWN_FLOW, "the envelope of run " + envelope.run() + " is for flow '"
                    + LogText.of(envelope.target()) + "', and here is " + List.of(flow.name())
                    + ". Send it to the function of that flow");
        }
        if (config.drift() == Drift.REJECT && envelope.position().graph() != null
                && !envelope.position().graph().equals(hosted.fingerprint())) {
            throw new EnvelopeRefused(Reason.DRIFTED, "flow '" + hosted.name() + "' has changed since run " + envelope.run()
                    + " was handed over. Resume it with the version it began with, or set quarkus.pocketflow.drift=accept");
        }
        try {
            return Run.resume(hosted, envelope);
        } catch (FlowException.Drifted e) {
            throw new EnvelopeRefused(Reason.DRIFTED, "run " + envelope.run() + ": " + e.getMessage());
        }
    }

    /** Reports that a run cannot leave this invocation, and failed. */
    void stays(Envelope run, FlowException failure, Invocation invocation) {
        services.log().stays(run, failure);
        tell(new RunEvent.Failed(run.run(), run.flow(), failure), invocation.caller().listener());
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
        } finally { // the caller receives the event even if an observer fails
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
