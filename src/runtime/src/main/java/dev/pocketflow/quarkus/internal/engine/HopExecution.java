package dev.pocketflow.quarkus.internal.engine;

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
import dev.pocketflow.quarkus.internal.engine.HandOverPlanner.PackedRun;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.failure.FailureReport;
import dev.pocketflow.quarkus.internal.ledger.HopClaim;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.signal.Signal;
import dev.pocketflow.quarkus.internal.status.HopRecorder;

/**
 * A claimed hop that is ready to run. {@link #begin} claims it. {@link #start} runs it, lets the run leave, and records the
 * answer. The hops after it run here as well if the run stays in this process.
 * <p>
 * The ledger receives the outcome before the run is sent, and the answer after. An invocation that takes the hop over in
 * between sends the same envelope again.
 */
public final class HopExecution implements BegunHop {

    private final HopServices services;
    private final RunFactory runs;
    private final RunFactory.Invocation invocation;
    private final Executor executor;
    private final HopClaim claim;
    private final HopRecorder recorder;
    private final CancelToken cancelToken;
    private final boolean starts;
    private HopMessage message;
    private volatile Run run;
    private volatile boolean cancelled;

    private HopExecution(HopServices services, RunFactory runs, RunFactory.Invocation invocation, HopEngine.Arrival arrival,
            HopClaim claim) {
        this.services = services;
        this.runs = runs;
        this.invocation = invocation;
        this.executor = services.executor().get();
        this.claim = claim;
        this.starts = arrival.sealed() == null;
        String id = arrival.message().envelope().run();
        this.recorder = new HopRecorder(services.ledger(), claim, services.log(), id, services.envelopes().restExpires());
        this.cancelToken = new CancelToken(services, id, starts);
    }

    /**
     * Claims the hop of a run.
     *
     * @throws EnvelopeRefused if the run must not go on, or not here and now
     * @throws BadEvent if the signal's payload is not of its type
     */
    static BegunHop begin(HopServices services, RunFactory runs, RunFactory.Invocation invocation, HopEngine.Arrival arrival) {
        HopClaim claim = services.claim(arrival.message(), invocation.ledger().poll());
        HopExecution hop = new HopExecution(services, runs, invocation, arrival, claim);
        Signal signal = arrival.signal();
        String digest = signal == null || services.ledger().isNone() ? null : signal.digest(arrival.sealed());
        services.parkIfRefused(arrival.sealed(), () -> hop.proceed(arrival.message().withSignal(digest)));
        if (signal != null) {
            signal.bring(hop.run);
            return hop.claim(signal);
        }
        return hop.isEarly() ? hop.claimOrRest(arrival.sealed()) : hop.claim(null);
    }

    /** Continues with a run, as its message has it. */
    private HopExecution proceed(HopMessage next) {
        message = next;
        run = runs.run(next, invocation, this::checkpoint, claim::isCancelled);
        if (cancelled) {
            run.cancel();
        }
        return this;
    }

    /** {@return whether the run returned before its time, as from a timer with a shorter limit} A parked run is never early. */
    private boolean isEarly() {
        Instant until = message.envelope().until();
        return message.failure() == null
                && (until == null ? run.awaits() != null : services.clock().instant().isBefore(until));
    }

    /** A signal may have resumed the run since. Then the ledger has its checkpoint or its answer. */
    private BegunHop claimOrRest(byte[] sealed) {
        HopMessage came = message;
        BegunHop claimed = run.awaits() == null ? this : claim(null);
        return claimed == this && message == came ? rest(sealed) : claimed;
    }

    private BegunHop rest(byte[] sealed) {
        recorder.free();
        PackedRun packed = services.planner().again(message, sealed, run.awaits(), null);
        String token = services.planner().send(packed);
        services.planner().expire(packed);
        return new Resting(run.id(), cancelToken, services.planner().answer(packed, token));
    }

    private BegunHop claim(Signal signal) {
        Ledger.Claim claimed = claim.claim(invocation.end(services.clock().instant()));
        if (claimed instanceof Ledger.Claim.Done done) {
            if (signal != null) {
                throw new EnvelopeRefused(Reason.USED, "the token of run " + run.id() + ", hop " + message.envelope().hop()
                        + ", was used before. The run has gone on with the signal that came first");
            }
            return answered(HopResponse.again(done.outcome()));
        }
        byte[] checkpoint = ((Ledger.Claim.Held) claimed).checkpoint();
        return checkpoint == null ? this : services.parkIfRefused(checkpoint, () -> takeUp(checkpoint, signal));
    }

    /** Continues after the last step of an invocation that broke down, or sends what that one was about to send. */
    private BegunHop takeUp(byte[] checkpoint, Signal signal) {
        try {
            HopMessage kept = services.envelopes().unpack(checkpoint);
            if (signal != null && signal.replaces(message, kept)) {
                return this;
            }
            services.log().takenUp(kept.envelope());
            if (kept.envelope().hop() == message.envelope().hop()) {
                return proceed(kept);
            }
            String signalled = services.planner().hosted(kept.envelope().target()) == null ? null
                    : runs.run(kept, invocation, this::checkpoint, claim::isCancelled).awaits();
            return send(services.planner().again(kept, checkpoint, signalled, cancelToken()));
        } catch (RuntimeException e) {
            recorder.free();
            throw e;
        }
    }

    @Override
    public String run() {
        return run.id();
    }

    @Override
    public String cancelToken() {
        return cancelToken.get();
    }

    @Override
    public HopResponse start() {
        try {
            BegunHop left = leave(run.start());
            while (left == this) { // its next hop runs here
                left = leave(run.start());
            }
            return left.start();
        } catch (EnvelopeRefused | BadEvent e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return breakDown(e);
        }
    }

    @Override
    public CompletionStage<HopResponse> startAsync() {
        CompletableFuture<HopResponse> answer = new CompletableFuture<>();
        walk(answer);
        return answer;
    }

    private void walk(CompletableFuture<HopResponse> answer) {
        run.startAsync().whenCompleteAsync((outcome, failure) -> { // sending an envelope may block
            try {
                BegunHop left = failure == null ? leave(outcome) : answered(breakDown(failure));
                if (left == this) {
                    walk(answer);
                } else {
                    answer.complete(left.start());
                }
            } catch (EnvelopeRefused | BadEvent e) {
                answer.completeExceptionally(e);
            } catch (Throwable e) {
                answer.complete(breakDown(e));
            }
        }, executor);
    }

    @Override
    public void cancel() {
        cancelled = true;
        run.cancel();
    }

    private void checkpoint(Envelope envelope) {
        claim.checkpoint(services.envelopes().pack(message.at(envelope, null), claim.limit()));
    }

    private Answered answered(HopResponse answer) {
        return new Answered(run.id(), cancelToken, answer);
    }

    /** {@return this hop if the run continues here; else the hop with its answer} */
    private BegunHop leave(Outcome outcome) {
        services.log().outcome(run.id(), outcome);
        if (outcome instanceof Outcome.Completed completed) {
            return answered(complete(completed));
        } else if (outcome instanceof Outcome.Failed failed) {
            return answered(fail(failed, false));
        } else if (outcome instanceof Outcome.Suspended suspended) {
            return handOver(suspended.envelope(), suspended.signal());
        }
        return handOver(((Outcome.HandedOver) outcome).envelope(), null);
    }

    /** @param signal that the run waits for; null for none */
    private BegunHop handOver(Envelope next, String signal) {
        boolean recorded = false;
        try {
            PackedRun packed = services.planner().pack(message.next(next), signal, cancelToken(), claim.limit());
            claim.checkpoint(packed.body());
            recorded = true;
            return send(packed);
        } catch (RuntimeException | LinkageError e) { // a client or an observer may fail as well
            if (e instanceof EnvelopeRefused refused && refused.reason() == Reason.BUSY) {
                throw e;
            }
            FlowException failure = FailureReport.leaving(next.run(), e);
            runs.stays(next, failure, invocation);
            Envelope here = services.planner().staying(next, run.hop(), signal != null); // this hop is to be repeated
            return answered(fail(new Outcome.Failed(here, failure), recorded));
        }
    }

    private BegunHop send(PackedRun packed) {
        String token = services.send(packed);
        if (packed.route() == HandOverPlanner.Route.HERE) {
            return proceed(services.envelopes().unpack(packed.body()));
        }
        HopResponse answer = services.planner().answer(packed, token);
        recorder.left(answer, packed.message().envelope(),
                packed.signal() != null || packed.message().envelope().until() != null);
        return answered(answer);
    }

    private HopResponse complete(Outcome.Completed outcome) {
        HopResponse answer = HopResponse.completed(run, outcome, services.envelopes().maxDepth(), runs.view(run, invocation));
        if (answer.failed()) {
            services.log().unanswered(run.id(), answer.message());
        }
        recorder.ended(answer);
        try {
            services.envelopes().ended(message);
        } catch (FlowException e) { // a leftover at the claim check costs less than a failed run
            services.log().leftBehind(run.id(), e);
        }
        return answer;
    }

    /** @param recorded whether the ledger confirmed already that the hop is this invocation's */
    private HopResponse fail(Outcome.Failed outcome, boolean recorded) {
        boolean input = starts && outcome.failure() instanceof FlowException.StepFailed step && step.isBadInput();
        services.log().failed(outcome, input);
        if (input) { // nobody could ever resume it
            recorder.free();
            throw FailureReport.input((FlowException.StepFailed) outcome.failure());
        }
        FailedRun failed = FailedRun.of(outcome, message, services.clock().instant());
        FailedRun.Settled settled = failed.settle(services, claim, recorded);
        HopResponse answer = HopResponse.failed(run, outcome, failed.message().failure(), settled.envelope(),
                runs.view(run, invocation));
        if (settled.over()) {
            recorder.parked(answer, outcome.envelope().hop() + 1);
        } else {
            recorder.free();
        }
        return answer;
    }

    /** Ends a run without an outcome, after an error that no step caused, such as one of the virtual machine. */
    private HopResponse breakDown(Throwable failure) {
        services.log().brokenDown(run, failure);
        recorder.free();
        return HopResponse.brokenDown(run, failure, runs.view(run, invocation));
    }
}
