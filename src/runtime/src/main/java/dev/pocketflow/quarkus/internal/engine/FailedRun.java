package dev.pocketflow.quarkus.internal.engine;

import java.time.Instant;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.failure.FailureReport;
import dev.pocketflow.quarkus.internal.ledger.HopClaim;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;

/** A failed run that is to be parked: stored until somebody resumes it. */
public record FailedRun(HopMessage message) {

    /**
     * A failed run as an envelope.
     *
     * @param envelope sealed; null if nothing of the run could be written
     * @param problem why the envelope is not whole; null if it is
     * @param without what the envelope lacks; null if it is whole
     */
    public record WrittenEnvelope(byte[] envelope, Throwable problem, String without) {

        boolean isWhole() {
            return problem == null;
        }

        void report(HopServices services, HopMessage run, String where) {
            services.log().incomplete(run, problem, without, envelope != null, where);
        }
    }

    /**
     * The result of parking a run.
     *
     * @param where the place of the run; null if it was not parked
     */
    record Parked(WrittenEnvelope written, String where) {

        /** The result without a park. */
        static final Parked NOWHERE = new Parked(new WrittenEnvelope(null, null, null), null);
    }

    /**
     * A failed run as its invocation leaves it.
     *
     * @param envelope for the answer; null if nothing of the run could be written
     * @param over whether its hop is over and the run is parked for the next hop. Otherwise the next delivery of the event, or
     *        the envelope of the answer, repeats the hop
     */
    record Settled(byte[] envelope, boolean over) {
    }

    /** @param received the run as this hop received it */
    static FailedRun of(Outcome.Failed outcome, HopMessage received, Instant now) {
        return new FailedRun(received.at(outcome.envelope(), FailureReport.of(outcome, now)));
    }

    /** {@return the same run for another hop} */
    FailedRun at(int hop) {
        return new FailedRun(message.at(message.envelope().withHop(hop), message.failure()));
    }

    /** {@return the envelope to resume with; if it cannot be written, a record of the parts that can} */
    private WrittenEnvelope pack(EnvelopeCodec envelopes, int limit) {
        try {
            return new WrittenEnvelope(envelopes.pack(message, limit), null, null);
        } catch (RuntimeException | StackOverflowError e) {
            PartialEnvelope.Result part = PartialEnvelope.of(envelopes, message, limit);
            return new WrittenEnvelope(part.envelope(), e, part.without());
        }
    }

    /**
     * Stores the run in the ledger, and parks it.
     *
     * @param mine whether the ledger confirmed already that the hop is this invocation's
     * @throws dev.pocketflow.quarkus.EnvelopeRefused if another invocation has taken the hop over
     */
    Settled settle(HopServices services, HopClaim claim, boolean mine) {
        FailedRun here = at(claim.hop()); // not the run's hop, if the run continued in this process
        boolean lasting = (mine || here.isConfirmed(services, claim)) && services.park().isDurable();
        Parked parked = (services.ledger().isNone() ? this : lasting ? at(message.envelope().hop() + 1) : here).park(services);
        if (lasting && parked.where() != null && parked.written().isWhole()) {
            return new Settled(parked.written().envelope(), true);
        }
        WrittenEnvelope answered = here.pack(services.envelopes(), Integer.MAX_VALUE);
        if (!parked.written().isWhole()) {
            parked.written().report(services, message, parked.where());
        } else if (!answered.isWhole()) {
            answered.report(services, message, null);
        }
        return new Settled(answered.envelope(), false);
    }

    /**
     * Stores in the ledger where the run failed. The next delivery of the event resumes there.
     *
     * @return whether the ledger confirmed that the hop is this invocation's, so that the run may be parked for the next hop
     * @throws dev.pocketflow.quarkus.EnvelopeRefused if another invocation has taken the hop over
     */
    private boolean isConfirmed(HopServices services, HopClaim claim) {
        if (services.ledger().isNone()) {
            return true;
        }
        if (services.planner().hosted(message.envelope().target()) == null) {
            return false; // another function continues, in a hop of its own
        }
        byte[] envelope;
        try {
            envelope = services.envelopes().pack(message, claim.limit());
        } catch (RuntimeException | StackOverflowError e) {
            services.log().unrecorded(message.envelope().run(), e);
            return false;
        }
        try {
            claim.checkpoint(envelope);
            return true;
        } catch (FlowException e) {
            services.log().unrecorded(message.envelope().run(), e);
            return false;
        }
    }

    /** Parks the run. */
    private Parked park(HopServices services) {
        FailedRunStore park = services.park();
        if (park.isNone()) {
            return Parked.NOWHERE;
        }
        WrittenEnvelope written = pack(services.envelopes(), park.limit());
        if (written.envelope() == null) {
            return new Parked(written, null);
        }
        Envelope run = message.envelope();
        FailedRunStore.Message failure = new FailedRunStore.Message(run.run(), run.hop(), message.failure().flow(),
                message.failure().node(),
                message.failure().type(), written.envelope());
        try {
            String where = park.park(failure);
            services.log().parked(failure, where);
            return new Parked(written, where);
        } catch (RuntimeException | LinkageError e) { // the client of a service may lack a class
            services.log().unparked(run.run(), e);
            return new Parked(written, null);
        }
    }
}
