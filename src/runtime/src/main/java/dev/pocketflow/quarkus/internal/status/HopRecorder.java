package dev.pocketflow.quarkus.internal.status;

import java.time.Duration;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.internal.ledger.HopClaim;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.telemetry.StepLog;

/**
 * Records how a hop left its run. A reader of the ledger follows a run from hop to hop. The state of the run spares it most of
 * the way, and is known for longer than the hops: it is recorded when the run rests, fails or ends, and else once in
 * {@link #STRIDE} hops. So most hops cost the ledger no further write.
 */
public final class HopRecorder {

    /** The most hops that a reader follows. */
    static final int STRIDE = 16;

    private final Ledger ledger;
    private final HopClaim claim;
    private final StepLog log;
    private final String run;
    private final Duration rest;

    /** @param rest the time for which a run may rest */
    public HopRecorder(Ledger ledger, HopClaim claim, StepLog log, String run, Duration rest) {
        this.ledger = ledger;
        this.claim = claim;
        this.log = log;
        this.run = run;
        this.rest = rest;
    }

    /** Records that the run has ended. */
    public void ended(HopResponse answer) {
        if (claim.hop() > 0) {
            state(new RunState(claim.hop(), null), Duration.ZERO);
        }
        answer(answer);
    }

    /**
     * Records that the run has left.
     *
     * @param next the run as it left
     * @param rests whether it waits for a time or a signal
     */
    public void left(HopResponse answer, Envelope next, boolean rests) {
        if (rests) {
            state(RunState.of(next.hop(), answer.json()), rest);
        } else if (next.hop() / STRIDE > claim.hop() / STRIDE) {
            state(RunState.of(next.hop(), answer.json()), Duration.ZERO);
        }
        answer(answer);
    }

    /** Records that the run has failed, and is parked for a hop. */
    public void parked(HopResponse answer, int hop) {
        state(RunState.of(hop, answer.json()), rest);
        answer(answer);
    }

    /** Leaves the hop to the next delivery of its event. */
    public void free() {
        tell(claim::free);
    }

    private void state(RunState state, Duration atLeast) {
        if (!ledger.isNone()) {
            tell(() -> ledger.recordState(run, state.hop(), state.json(), atLeast));
        }
    }

    /** @throws EnvelopeRefused if another invocation has taken the hop over */
    private void answer(HopResponse answer) {
        tell(() -> claim.done(answer.recorded(claim.limit())));
    }

    /** The work stays done if the ledger fails. */
    private void tell(Runnable call) {
        try {
            call.run();
        } catch (FlowException e) {
            log.unrecorded(run, e);
        }
    }
}
