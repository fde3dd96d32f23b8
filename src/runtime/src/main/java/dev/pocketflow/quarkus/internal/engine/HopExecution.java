package dev.pocketflow.quarkus.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.failure.FailureReport;
import dev.pocketflow.quarkus.internal.ledger.HopClaim;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.signal.Signal;

/**
 * One invocation's work: a hop of a run, and those after it that run here as well. What becomes of the run is kept in the
 * ledger before it is sent, and that it was sent after: who takes the hop up in between sends the same again.
 */
public final class HopExecution implements BegunHop {

    /** A checkpoint of the ledger that was refused. It is further on than the event that brought its run back. */
    static final class RefusedCheckpoint extends RuntimeException {

        private static final long serialVersionUID = 1;
        final transient EnvelopeRefused refused;
        final transient byte[] checkpoint;

        RefusedCheckpoint(EnvelopeRefused refused, byte[] checkpoint) {
            super(refused.getMessage(), null, false, false);
            this.refused = refused;
            this.checkpoint = checkpoint;
        }
    }

    private final HopServices services;
    private final RunFactory runs;
    private final Executor executor;
    private final HopClaim hold;
    private final CancelToken cancelToken;
    private final boolean begins; // by an event that starts a run
    private HopMessage parcel;
    private volatile Run run;
    private volatile boolean cancelled;
    private HopResponse ready; // where there is nothing to run

    /**
     * @param first the run as it came, or as it begins
     * @param body the envelope that it came as; null where it begins
     * @param signal what it came with; null where there is none
     * @param poll how often it is asked whether the run is cancelled, at most
     * @param until when the time of this invocation is up
     * @throws EnvelopeRefused if the run must not go on, or not here and now
     * @throws BadEvent if the signal's payload is not of its type
     */
    HopExecution(HopServices services, RunFactory runs, HopMessage first, byte[] body, Signal signal, Executor executor,
            Duration poll, Instant until) {
        this.services = services;
        this.runs = runs;
        this.executor = executor;
        this.cancelToken = new CancelToken(services, body == null);
        this.begins = body == null;
        this.hold = new HopClaim(services.ledger(), new Ledger.Turn(first.envelope().run(), first.envelope().hop(),
                services.ledger().newOwner(), first.expires()), poll, services.clock());
        HopMessage came = first.signalled(signal == null || services.ledger().isNone() ? null : signal.digest(body));
        begin(came);
        if (signal != null) {
            signal.bring(run);
        }
        boolean early = signal == null && isEarly(came);
        if (!early || run.awaits() != null) { // a signal may have come since
            claim(until, signal);
        }
        if (early && ready == null && parcel == came) {
            free();
            ready = resting(came, body);
        }
    }

    private void begin(HopMessage parcel) {
        this.parcel = parcel;
        run = runs.run(parcel, this::checkpoint, hold::isCancelled);
        if (cancelled) {
            run.cancel();
        }
    }

    /** Whether a run came back before it goes on, as from a timer that cannot wait longer; a parked one goes to rest anew. */
    private boolean isEarly(HopMessage came) {
        Instant until = came.envelope().until();
        if (came.failure() != null) {
            return false;
        }
        return until == null ? run.awaits() != null : services.clock().instant().isBefore(until);
    }

    private HopResponse resting(HopMessage early, byte[] body) {
        HandOverPlanner.Packed packed = services.dispatch().packed(early, body, run.awaits(), null);
        String token = services.dispatch().send(packed);
        services.dispatch().expire(packed);
        return services.dispatch().answer(packed, token);
    }

    private void claim(Instant until, Signal signal) {
        Ledger.Claim claim = hold.claim(until);
        if (claim instanceof Ledger.Claim.Done done) {
            if (signal != null) {
                throw new EnvelopeRefused(Reason.USED, "the token of run " + run.id() + ", hop " + parcel.envelope().hop()
                        + ", was used before. The run has gone on with the signal that came first");
            }
            ready = HopResponse.again(done.outcome());
            return;
        }
        byte[] checkpoint = ((Ledger.Claim.Held) claim).checkpoint();
        if (checkpoint != null) {
            takeUp(checkpoint, signal);
        }
    }

    /** Goes on where an invocation before this one broke down: behind its last step, or with what it was about to send. */
    private void takeUp(byte[] checkpoint, Signal signal) {
        try {
            HopMessage kept = services.envelopes().unpack(checkpoint);
            if (signal != null && signal.replaces(parcel, kept)) {
                return;
            }
            services.log().takenUp(kept.envelope());
            if (kept.envelope().hop() == parcel.envelope().hop()) {
                begin(kept);
            } else {
                boolean here = services.dispatch().hosted(kept.envelope().target()) != null;
                ready = leave(services.dispatch().packed(kept, checkpoint,
                        here ? runs.run(kept, this::checkpoint, hold::isCancelled).awaits() : null, cancelToken()));
            }
        } catch (EnvelopeRefused e) {
            free();
            throw new RefusedCheckpoint(e, checkpoint);
        } catch (RuntimeException e) {
            free();
            throw e;
        }
    }

    @Override
    public String run() {
        return run.id();
    }

    @Override
    public String cancelToken() {
        return cancelToken.of(run.id());
    }

    @Override
    public HopResponse start() {
        try {
            while (ready == null) {
                ready = after(run.start());
            }
            return ready;
        } catch (EnvelopeRefused | BadEvent e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return brokenDown(e);
        }
    }

    @Override
    public CompletionStage<HopResponse> startAsync() {
        CompletableFuture<HopResponse> answer = new CompletableFuture<>();
        if (ready != null) {
            answer.complete(ready);
        } else {
            walk(answer);
        }
        return answer;
    }

    private void walk(CompletableFuture<HopResponse> answer) {
        run.startAsync().whenCompleteAsync((outcome, failure) -> { // what sends an envelope may wait for it
            try {
                HopResponse reached = failure == null ? after(outcome) : brokenDown(failure);
                if (reached == null) {
                    walk(answer);
                } else {
                    answer.complete(reached);
                }
            } catch (EnvelopeRefused | BadEvent e) {
                answer.completeExceptionally(e);
            } catch (Throwable e) {
                answer.complete(brokenDown(e));
            }
        }, executor);
    }

    @Override
    public void cancel() {
        cancelled = true;
        run.cancel();
    }

    private void checkpoint(Envelope envelope) {
        hold.checkpoint(services.envelopes().pack(parcel.at(envelope, null), hold.limit()));
    }

    /** {@return the answer; null where the run goes on here} */
    private HopResponse after(Outcome outcome) {
        services.log().outcome(run.id(), outcome);
        if (outcome instanceof Outcome.Completed completed) {
            return completed(completed);
        } else if (outcome instanceof Outcome.Failed failed) {
            return failed(failed, false);
        }
        Outcome.Suspended suspended = outcome instanceof Outcome.Suspended waiting ? waiting : null;
        Envelope next = suspended == null ? ((Outcome.HandedOver) outcome).envelope() : suspended.envelope();
        boolean kept = false;
        try {
            HandOverPlanner.Packed packed = services.dispatch().pack(parcel.next(next),
                    suspended == null ? null : suspended.signal(), cancelToken(), hold.limit());
            hold.checkpoint(packed.body());
            kept = true;
            return leave(packed);
        } catch (FlowException e) {
            return stays(next, suspended != null, e, kept);
        } catch (RuntimeException | LinkageError e) { // also a client's or an observer's: the run is not to be lost for it
            if (e instanceof EnvelopeRefused refused && refused.reason() == Reason.BUSY) {
                throw e;
            }
            return stays(next, suspended != null, FailureReport.leaving(next.run(), e), kept);
        }
    }

    private HopResponse leave(HandOverPlanner.Packed packed) {
        String token = services.dispatch().send(packed);
        if (token != null) {
            services.tell(packed, token); // first: who knows of it can send the signal, whatever becomes of the rest
        }
        services.dispatch().expire(packed);
        services.log().handedOver(packed.parcel().envelope(), packed.to(), packed.signal());
        if (packed.route() == HandOverPlanner.Route.HERE) {
            begin(services.envelopes().unpack(packed.body()));
            return null;
        }
        HopResponse answer = services.dispatch().answer(packed, token);
        recorded(answer);
        return answer;
    }

    /** It is this hop that is to be done again, from where it stood when it was to leave. */
    private HopResponse stays(Envelope next, boolean suspended, FlowException failure, boolean kept) {
        services.log().stays(next, failure);
        return failed(new Outcome.Failed(new Envelope(next.run(), next.flow(), run.hop(), next.steps(), next.usage(),
                services.dispatch().answered(next.position(), suspended), next.store(), next.path()), failure), kept);
    }

    private HopResponse completed(Outcome.Completed outcome) {
        HopResponse answer = HopResponse.completed(run, outcome, services.envelopes().maxDepth());
        if (answer.failed()) {
            services.log().unanswered(run.id(), answer.message());
        }
        recorded(answer);
        try {
            services.envelopes().ended(parcel);
        } catch (FlowException e) { // what is left at the claim check costs a little; a run that failed for it would cost more
            services.log().leftBehind(run.id(), e);
        }
        return answer;
    }

    /** What was done is done, also where nobody can be told of it. */
    private void recorded(HopResponse answer) {
        try {
            hold.done(answer.recorded(hold.limit()));
        } catch (FlowException e) {
            services.log().unrecorded(run.id(), e);
        }
    }

    /** @param mine whether the ledger has said already that the hop is this invocation's */
    private HopResponse failed(Outcome.Failed outcome, boolean mine) {
        boolean input = begins && outcome.failure() instanceof FlowException.StepFailed step && step.isBadInput();
        services.log().failed(outcome, input);
        if (input) { // nobody could ever resume it
            free();
            throw FailureReport.input((FlowException.StepFailed) outcome.failure());
        }
        FailedRun parked = FailedRun.of(outcome, parcel, services.clock().instant());
        FailedRun.Settled settled = parked.settle(services, hold, mine);
        HopResponse answer = HopResponse.failed(run, outcome, parked.parcel().failure(), settled.envelope());
        if (settled.over()) {
            recorded(answer);
        } else {
            free();
        }
        return answer;
    }

    private void free() {
        try {
            hold.free();
        } catch (FlowException e) {
            services.log().unrecorded(run.id(), e);
        }
    }

    /** What no step can be blamed for, an error of the virtual machine for one, ends a run without an outcome. */
    private HopResponse brokenDown(Throwable failure) {
        services.log().brokenDown(run, failure);
        free();
        return HopResponse.brokenDown(run, failure);
    }
}
