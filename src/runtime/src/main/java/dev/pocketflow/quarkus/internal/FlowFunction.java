package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

import dev.pocketflow.Flow;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.StepEvent;
import dev.pocketflow.Store;
import dev.pocketflow.internal.Threads;
import dev.pocketflow.quarkus.PocketFlowConfig;
import io.quarkus.runtime.ExecutorRecorder;

/** The flow that this application serves, and how its runs are set up. */
@Singleton
public class FlowFunction {

    private final Event<StepEvent> observers;
    private Flow flow;
    private PocketFlowConfig config;
    private StepLog log;

    FlowFunction(Event<StepEvent> observers) {
        this.observers = observers;
    }

    void serve(Flow flow) {
        this.flow = flow;
    }

    void configure(PocketFlowConfig config) {
        if (config.maxSteps() < 1) {
            throw new IllegalArgumentException("pocketflow.max-steps must be at least 1, was " + config.maxSteps());
        }
        config.timeout().filter(timeout -> timeout.isNegative() || timeout.isZero()).ifPresent(timeout -> {
            throw new IllegalArgumentException("pocketflow.timeout must be positive, was " + timeout);
        });
        this.config = config;
        this.log = new StepLog(config.log());
    }

    Flow flow() {
        return flow;
    }

    /**
     * A run of this invocation, to be started on a thread where the invocation's request context is active.
     *
     * @param remaining what the platform leaves the invocation; null where it sets no limit
     * @param caller is told of every step; may be null
     */
    Run run(Store store, Supplier<Duration> remaining, Consumer<StepEvent> caller) {
        Run run = Run.of(flow, store).maxSteps(config.maxSteps()).executor(new RequestExecutor(threads()));
        Supplier<Duration> limit = config.timeout().map(timeout -> until(Instant.now().plus(timeout), remaining))
                .orElse(remaining);
        if (limit != null) {
            run.remaining(limit);
        }
        return run.listener(event -> {
            log.step(event);
            try {
                observers.fire(event);
            } finally { // the caller's stream is no matter of an observer that fails
                if (caller != null) {
                    caller.accept(event);
                }
            }
        });
    }

    Answer start(Run run) {
        try {
            return answer(run, run.start());
        } catch (Error e) {
            return brokenDown(run, e);
        }
    }

    CompletionStage<Answer> startAsync(Run run) {
        return run.startAsync().handle((outcome, failure) -> failure == null ? answer(run, outcome) : brokenDown(run, failure));
    }

    /** What no step can be blamed for, an error of the virtual machine for one, ends a run without an outcome. */
    private Answer brokenDown(Run run, Throwable failure) {
        log.brokenDown(run, failure);
        return Answer.brokenDown(run, failure);
    }

    private Answer answer(Run run, Outcome outcome) {
        log.outcome(run.id(), outcome);
        return Answer.of(run, outcome);
    }

    private static Supplier<Duration> until(Instant end, Supplier<Duration> platform) {
        return () -> {
            Duration own = Duration.between(Instant.now(), end);
            return platform == null || own.compareTo(platform.get()) < 0 ? own : platform.get();
        };
    }

    static Executor threads() {
        return Runtime.version().feature() >= 21 ? Threads.shared() : ExecutorRecorder.getCurrent();
    }
}
