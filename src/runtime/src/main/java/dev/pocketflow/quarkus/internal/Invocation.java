package dev.pocketflow.quarkus.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;

/** One invocation's work: a hop of a run, and those after it that run here as well. */
final class Invocation {

    private final Function<Parcel, Run> runs;
    private final Dispatch dispatch;
    private final Envelopes envelopes;
    private final StepLog log;
    private final Executor executor;
    private Parcel parcel;
    private volatile Run run;
    private volatile boolean cancelled;

    /**
     * @param first the run as it came, or as it begins
     * @param runs makes a run that is ready to start
     * @throws RuntimeException if the first cannot be made
     */
    Invocation(Parcel first, Function<Parcel, Run> runs, Dispatch dispatch, Envelopes envelopes, StepLog log,
            Executor executor) {
        this.executor = executor;
        this.runs = runs;
        this.dispatch = dispatch;
        this.envelopes = envelopes;
        this.log = log;
        begin(first);
    }

    private void begin(Parcel parcel) {
        this.parcel = parcel;
        run = runs.apply(parcel);
        if (cancelled) {
            run.cancel();
        }
    }

    /** {@return the run's ULID} */
    String id() {
        return run.id();
    }

    /** On this thread; to be called once. */
    Answer start() {
        try {
            Answer answer = null;
            while (answer == null) {
                answer = after(run.start());
            }
            return answer;
        } catch (Error e) {
            return brokenDown(e);
        }
    }

    /** On other threads; to be called once. */
    CompletionStage<Answer> startAsync() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        walk(answer);
        return answer;
    }

    private void walk(CompletableFuture<Answer> answer) {
        run.startAsync().whenCompleteAsync((outcome, failure) -> { // what sends an envelope may wait for it
            try {
                Answer reached = failure == null ? after(outcome) : brokenDown(failure);
                if (reached == null) {
                    walk(answer);
                } else {
                    answer.complete(reached);
                }
            } catch (Throwable e) {
                answer.complete(brokenDown(e));
            }
        }, executor);
    }

    void cancel() {
        cancelled = true;
        run.cancel();
    }

    /** {@return the answer; null where the run goes on here} */
    private Answer after(Outcome reached) {
        Outcome outcome = reached;
        log.outcome(run.id(), outcome);
        if (outcome instanceof Outcome.HandedOver handedOver) {
            try {
                Parcel next = new Parcel(handedOver.envelope(), Traceparent.next(parcel.traceparent()), parcel.claimed());
                Dispatch.Sent sent = dispatch.send(next);
                log.handedOver(next.envelope(), sent.to());
                if (sent.here() == null) {
                    return Answer.handedOver(next.envelope(), sent);
                }
                begin(envelopes.unpack(sent.here()));
                return null;
            } catch (FlowException | EnvelopeRefused e) {
                log.stays(handedOver.envelope(), e);
                outcome = new Outcome.Failed(handedOver.envelope(),
                        e instanceof FlowException failure ? failure : new HandOverFailed(e.getMessage(), null));
            }
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Answer.failed(run, failed, parked(failed));
        }
        delete();
        return Answer.completed(run, (Outcome.Completed) outcome);
    }

    /** {@return the envelope to resume with; null where there can be none} */
    private byte[] parked(Outcome.Failed failed) {
        try {
            return envelopes.pack(new Parcel(failed.envelope(), parcel.traceparent(), parcel.claimed()), Integer.MAX_VALUE);
        } catch (FlowException e) {
            return null;
        }
    }

    /** What is left at the claim check costs a little; a run that failed for it would cost more. */
    private void delete() {
        try {
            envelopes.ended(parcel);
        } catch (FlowException e) {
            log.leftBehind(run.id(), e);
        }
    }

    /** What no step can be blamed for, an error of the virtual machine for one, ends a run without an outcome. */
    private Answer brokenDown(Throwable failure) {
        log.brokenDown(run, failure);
        return Answer.brokenDown(run, failure);
    }
}
