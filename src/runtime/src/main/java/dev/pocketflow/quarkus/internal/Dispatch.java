package dev.pocketflow.quarkus.internal;

import java.util.Map;

import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.EnvelopeConfig;
import dev.pocketflow.quarkus.HandOver.Way;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.PocketFlowConfig;

/** Where a run goes that this invocation does not end. */
final class Dispatch {

    private static final String NESTED = "nested";
    /** What a Step Functions state may hold: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
    private static final int CALLER_LIMIT = 256 * 1024;

    /**
     * What became of a run.
     *
     * @param here the envelope that goes on in this process; null where it does not
     * @param toCaller the envelope that the answer carries; null where it does not
     * @param to the flow that goes on
     */
    record Sent(byte[] here, byte[] toCaller, String to) {
    }

    private final Map<String, Flow> flows;
    private final Flow main;
    private final Way way;
    private final WayOut out; // null for local and caller
    private final Map<String, String> remote;
    private final EnvelopeConfig config;
    private final Envelopes envelopes;

    Dispatch(Map<String, Flow> flows, Flow main, PocketFlowConfig config, WayOut out, Envelopes envelopes) {
        this.flows = flows;
        this.main = main;
        this.way = config.handOver().orElse(Way.CALLER);
        this.out = out;
        this.remote = config.remote();
        this.config = config.envelope();
        this.envelopes = envelopes;
    }

    /** {@return the flow of this name, if it runs in this function} */
    Flow hosted(String flow) {
        return flow.equals(main.name()) || NESTED.equals(remote.get(flow)) || way == Way.LOCAL ? flows.get(flow) : null;
    }

    /**
     * Sends a run on its way.
     *
     * @throws HandOverFailed if it cannot be sent
     */
    Sent send(Parcel parcel) {
        Envelope envelope = parcel.envelope();
        envelopes.checkHops(envelope);
        String flow = envelope.target();
        boolean here = hosted(flow) != null;
        if (way == Way.LOCAL && !here) {
            throw new HandOverFailed("flow '" + flow + "' is none of this application's " + flows.keySet() + ", and "
                    + "pocketflow.hand-over is local. Name the way to it in pocketflow.hand-over, or make it a flow of this application",
                    null);
        }
        if (here && (way == Way.LOCAL || moved(envelope))) {
            return new Sent(envelopes.pack(parcel, config.limit().orElse(Integer.MAX_VALUE)), null, flow);
        }
        if (way == Way.CALLER) {
            return new Sent(null, envelopes.pack(parcel, config.limit().orElse(CALLER_LIMIT) - Answer.around(envelope, flow)),
                    flow);
        }
        byte[] body = envelopes.pack(parcel, Math.min(config.limit().orElse(out.limit()), out.limit()));
        out.send(new WayOut.Message(flow, here ? null : remote.getOrDefault(flow, flow), envelope.run(), envelope.hop(),
                parcel.traceparent(), body));
        return new Sent(null, null, flow);
    }

    /** Whether the run changed flows, and did not run out of its budget. */
    private static boolean moved(Envelope envelope) {
        Envelope.Frame last = envelope.position().get(envelope.position().size() - 1);
        return last.action() != null || last.remote() && last.node() == null && last.graph() == null;
    }
}
