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

/** A failed run on its way to where such are kept. */
public record FailedRun(HopMessage parcel) {

    /**
     * A failed run as an envelope.
     *
     * @param envelope sealed; null where nothing of the run could be written
     * @param problem why the envelope is not whole; null where it is
     * @param without what the envelope lacks; null where it is whole
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
     * @param where null where the park did not take it
     */
    record Kept(Packed packed, String where) {

        /** The result without a park. */
        static final Kept NOWHERE = new Kept(new Packed(null, null, null), null);
    }

    /**
     * A failed run, as its invocation leaves it.
     *
     * @param envelope for the answer; null where nothing of the run could be written
     * @param over whether its hop is over, and the park has the next one. Else whoever delivers the event again, or the
     *        envelope of the answer, does the hop
     */
    record Settled(byte[] envelope, boolean over) {
    }

    /** @param came the run as it came to this hop */
    static FailedRun of(Outcome.Failed outcome, HopMessage came, Instant now) {
        return new FailedRun(came.at(outcome.envelope(), FailureReport.of(outcome, now)));
    }

    /** {@return the same run, for whoever claims this hop} */
    FailedRun at(int hop) {
        return new FailedRun(parcel.at(parcel.envelope().withHop(hop), parcel.failure()));
    }

    /** {@return the envelope to resume with; where it cannot be written, a record of what can be} */
    private Packed pack(EnvelopeCodec envelopes, int limit) {
        try {
            return new Packed(envelopes.pack(parcel, limit), null, null);
        } catch (RuntimeException | StackOverflowError e) {
            Salvage.Kept kept = Salvage.of(envelopes, parcel, limit);
            return new Packed(kept.envelope(), e, kept.without());
        }
    }

    /**
     * Keeps the run, in the ledger and in the park.
     *
     * @param mine whether the ledger has said already that the hop is this invocation's
     * @throws dev.pocketflow.quarkus.EnvelopeRefused if another invocation has taken the hop over
     */
    Settled settle(HopServices services, HopClaim hold, boolean mine) {
        FailedRun here = at(hold.hop()); // which is not the run's, where it went on in this process
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
     * Keeps in the ledger where the run failed, so that an event that comes again goes on there.
     *
     * @return whether the run is this invocation's for sure, and may be kept for the next hop
     * @throws dev.pocketflow.quarkus.EnvelopeRefused if another invocation has taken the hop over
     */
    private boolean isFenced(HopServices services, HopClaim hold) {
        if (services.ledger().isNone()) {
            return true;
        }
        if (services.dispatch().hosted(parcel.envelope().target()) == null) {
            return false; // another function goes on, and its hop is another
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

    /** Stores the run where failed runs are stored. */
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
