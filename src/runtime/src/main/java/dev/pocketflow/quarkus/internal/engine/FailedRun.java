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
public record FailedRun(HopMessage parcel) {

    /**
     * A failed run as an envelope.
     *
     * @param envelope sealed; null if nothing of the run could be written
     * @param problem why the envelope is not whole; null if it is
     * @param without what the envelope lacks; null if it is whole
     */
    public record Packed(byte[] envelope, Throwable problem, String without) {

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
    record Kept(Packed packed, String where) {

        /** The result without a park. */
        static final Kept NOWHERE = new Kept(new Packed(null, null, null), null);
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

    /** @param came the run as this hop received it */
    static FailedRun of(Outcome.Failed outcome, HopMessage came, Instant now) {
        return new FailedRun(came.at(outcome.envelope(), FailureReport.of(outcome, now)));
    }

    /** {@return the same run for another hop} */
    FailedRun at(int hop) {
        return new FailedRun(parcel.at(parcel.envelope().withHop(hop), parcel.failure()));
    }

    /** {@return the envelope to resume with; if it cannot be written, a record of the parts that can} */
    private Packed pack(EnvelopeCodec envelopes, int limit) {
        try {
            return new Packed(envelopes.pack(parcel, limit), null, null);
        } catch (RuntimeException | StackOverflowError e) {
            Salvage.Kept kept = Salvage.of(envelopes, parcel, limit);
            return new Packed(kept.envelope(), e, kept.without());
        }
    }

    /**
     * Stores the run in the ledger, and parks it.
     *
     * @param mine whether the ledger confirmed already that the hop is this invocation's
     * @throws dev.pocketflow.quarkus.EnvelopeRefused if another invocation has taken the hop over
     */
    Settled settle(HopServices services, HopClaim hold, boolean mine) {
        FailedRun here = at(hold.hop()); // not the run's hop, if the run continued in this process
        boolean lasting = (mine || here.isFenced(services, hold)) && services.park().isDurable();
        Kept kept = (services.ledger().isNone() ? this : lasting ? at(parcel.envelope().hop() + 1) : here).keep(services);
        if (lasting && kept.where() != null && kept.packed().isWhole()) {
            return new Settled(kept.packed().envelope(), true);
        }
        Packed answered = here.pack(services.envelopes(), Integer.MAX_VALUE);
        if (!kept.packed().isWhole()) {
            kept.packed().report(services, parcel, kept.where());
        } else if (!answered.isWhole()) {
            answered.report(services, parcel, null);
        }
        return new Settled(answered.envelope(), false);
    }

    /**
     * Stores in the ledger where the run failed. The next delivery of the event resumes there.
     *
     * @return whether the ledger confirmed that the hop is this invocation's, so that the run may be parked for the next hop
     * @throws dev.pocketflow.quarkus.EnvelopeRefused if another invocation has taken the hop over
     */
    private boolean isFenced(HopServices services, HopClaim hold) {
        if (services.ledger().isNone()) {
            return true;
        }
        if (services.dispatch().hosted(parcel.envelope().target()) == null) {
            return false; // another function continues, in a hop of its own
        }
        byte[] envelope;
        try {
            envelope = services.envelopes().pack(parcel, hold.limit());
        } catch (RuntimeException | StackOverflowError e) {
            services.log().unrecorded(parcel.envelope().run(), e);
            return false;
        }
        try {
            hold.checkpoint(envelope);
            return true;
        } catch (FlowException e) {
            services.log().unrecorded(parcel.envelope().run(), e);
            return false;
        }
    }

    /** Parks the run. */
    private Kept keep(HopServices services) {
        FailedRunStore park = services.park();
        if (park.isNone()) {
            return Kept.NOWHERE;
        }
        Packed packed = pack(services.envelopes(), park.limit());
        if (packed.envelope() == null) {
            return new Kept(packed, null);
        }
        Envelope run = parcel.envelope();
        FailedRunStore.Message message = new FailedRunStore.Message(run.run(), run.hop(), parcel.failure().flow(),
                parcel.failure().node(),
                parcel.failure().type(), packed.envelope());
        try {
            String where = park.park(message);
            services.log().parked(message, where);
            return new Kept(packed, where);
        } catch (RuntimeException | LinkageError e) { // the client of a service may lack a class
            services.log().unparked(run.run(), e);
            return new Kept(packed, null);
        }
    }
}
