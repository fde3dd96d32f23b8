package dev.pocketflow.quarkus.internal.engine;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.config.EnvelopeConfig.SealMode;
import dev.pocketflow.quarkus.config.HandOverConfig.Way;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.settings.FreeKeys;
import dev.pocketflow.quarkus.internal.signal.SignalTokens;
import dev.pocketflow.quarkus.internal.timer.WakeUpTimer;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;

/** Plans the hand-over of a run that this invocation does not end, and sends the run. Thread-safe. */
public final class HandOverPlanner {

    public static final String NESTED = "nested";
    /** The limit of a Step Functions state: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
    private static final int CALLER_LIMIT = 256 * 1024;

    /** The ways that a run can leave a hop. */
    public enum Route {
        /** The run continues in this process. */
        HERE,
        /** The answer holds the envelope. */
        CALLER,
        /** The transport sends the envelope. */
        OUT,
        /** The timer resumes the run. */
        TIMER,
        /** The answer holds a token. If the signal expires, the timer resumes the run as well. */
        SUSPENDED
    }

    /**
     * A run that is ready to leave.
     *
     * @param message the run
     * @param body its sealed envelope
     * @param to the flow that continues
     * @param signal that the run waits for; null if it is not suspended
     * @param cancel the token to cancel the run with; null if the receiver of the answer may not
     */
    public record PackedRun(HopMessage message, byte[] body, String to, Route route, String signal, String cancel) {
    }

    private final Map<String, Flow> flows;
    private final Flow main;
    private final Way way;
    private final EnvelopeTransport out;
    private final WakeUpTimer timer;
    private final FreeKeys<String> remote;
    private final Set<String> named; // flows that a RemoteFlow of this application names
    private final EnvelopeConfig config;
    private final EnvelopeCodec envelopes;
    private final SignalTokens tokens;
    private final boolean tokenInAnswer;

    public HandOverPlanner(Map<String, Flow> flows, Flow main, PocketFlowConfig config, EnvelopeTransport out,
            WakeUpTimer timer, EnvelopeCodec envelopes,
            SignalTokens tokens) {
        this.flows = flows;
        this.main = main;
        this.way = config.handOver().orElse(Way.CALLER);
        this.out = out;
        this.timer = timer;
        this.remote = SettingsCheck.addresses(config, flows.values());
        this.named = SettingsCheck.remotes(flows.values());
        this.config = config.envelope();
        this.envelopes = envelopes;
        this.tokens = tokens;
        this.tokenInAnswer = config.signal().tokenInAnswer();
    }

    /** {@return the flow of this name, if it runs in this function} A flow that a {@code RemoteFlow} names runs elsewhere. */
    Flow hosted(String flow) {
        boolean here = !named.contains(flow) || flow.equals(main.name()) || NESTED.equals(remote.get(flow)) || way == Way.LOCAL;
        return here ? flows.get(flow) : null;
    }

    /**
     * Makes a run ready to leave.
     *
     * @param signal that the run waits for; null if it is not suspended
     * @param cancel the token to cancel the run with; null for none
     * @param maxBytes the limit in bytes of whatever stores the envelope before the hand-over
     * @throws HandOverFailed if the run cannot leave
     */
    PackedRun pack(HopMessage message, String signal, String cancel, int maxBytes) {
        Envelope envelope = message.envelope();
        envelopes.checkHops(envelope);
        String flow = envelope.target();
        Route route = route(envelope, signal);
        int limit = Math.min(Math.min(maxBytes, config.limit().orElse(Integer.MAX_VALUE)), limit(route, envelope, cancel));
        boolean claimed = message.claimed() || signal != null && tokens.areReferences();
        HopMessage sent = message.withClaimed(claimed);
        return new PackedRun(sent, envelopes.pack(sent, limit), flow, route, signal, cancel);
    }

    /** {@return a run that {@link #pack} made ready before, and that the ledger kept} */
    PackedRun again(HopMessage message, byte[] body, String signal, String cancel) {
        return new PackedRun(message, body, message.envelope().target(), route(message.envelope(), signal), signal, cancel);
    }

    private Route route(Envelope envelope, String signal) {
        String flow = envelope.target();
        boolean here = hosted(flow) != null;
        if (signal != null) {
            return Route.SUSPENDED;
        } else if (way == Way.LOCAL && !here) {
            throw new HandOverFailed("flow '" + LogText.of(flow) + "' is none of this application's " + flows.keySet()
                    + ", and "
                    + "quarkus.pocketflow.hand-over is local. Name the way to it in quarkus.pocketflow.hand-over, or make "
                    + "it a flow of this application",
                    null);
        } else if (envelope.until() != null && way != Way.CALLER) {
            return Route.TIMER;
        } else if (here && (way == Way.LOCAL || envelope.position().moves())) {
            return Route.HERE;
        }
        if (!here) {
            checkTarget(flow);
        }
        return way == Way.CALLER ? Route.CALLER : Route.OUT;
    }

    /**
     * Without a seal, the sender of an event can name any flow as the next one: a URL, a queue, or another function.
     *
     * @throws HandOverFailed if nothing here names the flow
     */
    private void checkTarget(String flow) {
        if (config.seal() == SealMode.NONE && remote.get(flow) == null && !(way == Way.CALLER && named.contains(flow))) {
            throw new HandOverFailed("the flow '" + flow + "' has no address in quarkus.pocketflow.remote. Without a seal "
                    + "(quarkus.pocketflow.envelope.seal=none) a run goes to configured addresses only. Set "
                    + "quarkus.pocketflow.remote."
                    + flow
                    + ", or seal envelopes", null);
        }
    }

    private int limit(Route route, Envelope envelope, String cancel) {
        return switch (route) {
            case HERE -> Integer.MAX_VALUE;
            case CALLER -> config.limit().orElse(CALLER_LIMIT) - HopResponse.around(envelope, envelope.target(), cancel);
            case OUT -> out.limit();
            case TIMER -> timer(envelope).limit();
            case SUSPENDED -> (int) Math.min(
                    config.limit().orElse(CALLER_LIMIT) / 4L * 3 - HopResponse.around(envelope, envelope.target(), cancel),
                    envelope.until() == null ? Integer.MAX_VALUE : timer.limit());
        };
    }

    /**
     * Sends a run.
     *
     * @return the token of a suspended run; else null
     * @throws HandOverFailed if it cannot be sent
     */
    String send(PackedRun packed) {
        Envelope envelope = packed.message.envelope();
        switch (packed.route) {
            case OUT -> out.send(new EnvelopeTransport.Message(packed.to,
                    hosted(packed.to) != null ? null : address(packed.to), envelope.run(), envelope.hop(),
                    packed.message.traceparent(), packed.body));
            case TIMER -> wake(packed.message, packed.body);
            case SUSPENDED -> {
                return tokens.token(envelope, packed.body);
            }
            case HERE, CALLER -> {
                // nothing has to be sent
            }
        }
        return null;
    }

    private String address(String flow) {
        String address = remote.get(flow);
        return address == null ? flow : address;
    }

    /** {@return the answer of a run that has left} @param token of a suspended run; null for any other */
    HopResponse answer(PackedRun packed, String token) {
        return HopResponse.left(packed.message.envelope(), packed.to, packed.signal, packed.cancel,
                tokenInAnswer ? token : null,
                packed.route == Route.CALLER ? packed.body : null);
    }

    /**
     * {@return the envelope for the answer of a run that could not leave}. Whoever has the envelope of a suspended run can send
     * its signal, as with the token. If the answer must not hold the token, its envelope stands before the wait.
     *
     * @param hop the hop to repeat
     */
    Envelope staying(Envelope run, int hop, boolean suspended) {
        Envelope here = run.withHop(hop);
        return tokenInAnswer || !suspended ? here : here.withPosition(run.position().withoutPause());
    }

    /** Sets the timer for the expiry of a signal, unless the caller does it. */
    void expire(PackedRun packed) {
        if (packed.route == Route.SUSPENDED && packed.message.envelope().until() != null && way != Way.CALLER) {
            wake(packed.message, packed.body);
        }
    }

    private void wake(HopMessage message, byte[] body) {
        Envelope envelope = message.envelope();
        Instant until = envelope.until();
        timer(envelope).wake(
                new EnvelopeTransport.Message(envelope.target(), null, envelope.run(), envelope.hop(), message.traceparent(),
                        body),
                until);
    }

    private WakeUpTimer timer(Envelope envelope) {
        if (timer.isNone()) {
            throw new HandOverFailed(
                    "run " + envelope.run()
                            + " must wait, and no timer is configured to resume it: quarkus.pocketflow.hand-over="
                            + way.name().toLowerCase(Locale.ROOT) + " has no timer of its own. Set quarkus.pocketflow.timer",
                    null);
        }
        return timer;
    }
}
