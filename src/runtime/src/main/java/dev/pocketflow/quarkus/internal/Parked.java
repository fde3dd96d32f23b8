package dev.pocketflow.quarkus.internal;

import java.util.List;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;

/** A failed run on its way to where such are kept. */
record Parked(Parcel parcel) {

    /** @param came the run as it came to this hop */
    static Parked of(Outcome.Failed outcome, Parcel came) {
        return new Parked(came.at(outcome.envelope(), failure(outcome)));
    }

    /** {@return the same run, for whoever claims this hop} */
    Parked at(int hop) {
        Envelope run = parcel.envelope();
        return new Parked(parcel.at(new Envelope(run.run(), run.flow(), hop, run.steps(), run.usage(), run.position(),
                run.store(), run.path()), parcel.failure()));
    }

    static Parcel.Failure failure(Outcome.Failed failed) {
        FlowException failure = failed.failure();
        if (failure instanceof FlowException.StepFailed step) {
            return new Parcel.Failure(step.flow(), step.node(), step.getCause().getClass().getName(), step.getMessage());
        }
        if (failure instanceof FlowException.Stopped stopped) {
            return new Parcel.Failure(stopped.flow(), stopped.node(), stopped.getClass().getName(), stopped.getMessage());
        }
        if (failure instanceof FlowException.UndeclaredAction action) {
            return new Parcel.Failure(action.flow(), action.node(), action.getClass().getName(), action.getMessage());
        }
        List<Envelope.Frame> position = failed.envelope().position();
        Envelope.Frame last = position.isEmpty() ? null : position.get(position.size() - 1);
        return new Parcel.Failure(last == null ? failed.envelope().flow() : last.flow(), last == null ? null : last.node(),
                failure.getClass().getName(), failure.getMessage());
    }

    /** {@return the envelope to resume with; null where there can be none} */
    byte[] pack(Envelopes envelopes, int limit) {
        try {
            return envelopes.pack(parcel, limit);
        } catch (FlowException e) {
            return null;
        }
    }

    /**
     * Keeps in the ledger where the run failed, so that an event that comes again goes on there.
     *
     * @return whether the run is this invocation's for sure, and may be kept where somebody takes it up
     * @throws dev.pocketflow.quarkus.EnvelopeRefused if another invocation has taken the hop over
     */
    boolean isFenced(Services services, Hold hold) {
        byte[] envelope = pack(services.envelopes(), hold.limit());
        if (envelope == null || services.dispatch().hosted(parcel.envelope().target()) == null) {
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

    /**
     * Keeps the run where failed ones are kept. Where that is for good, and there is a ledger, the hop is over, and the
     * envelope
     * is for the next one: the event of this hop may come again, and must not be taken for it.
     *
     * @return the envelope that is kept for good; null where there is none
     */
    byte[] keep(Services services) {
        Park park = services.park();
        if (park == null) {
            return null;
        }
        Envelope run = parcel.envelope();
        int hop = park.isDurable() && services.ledger() != null ? run.hop() + 1 : run.hop();
        byte[] envelope = at(hop).pack(services.envelopes(), park.limit());
        if (envelope == null) {
            services.log().unparked(run.run(), "its envelope does not fit, or cannot be written");
            return null;
        }
        try {
            Park.Message message = new Park.Message(run.run(), hop, parcel.failure().flow(), parcel.failure().node(),
                    parcel.failure().type(), envelope);
            services.log().parked(message, park.park(message));
            return park.isDurable() ? envelope : null;
        } catch (FlowException e) {
            services.log().unparked(run.run(), e.getMessage());
            return null;
        }
    }
}
