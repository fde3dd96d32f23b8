package dev.pocketflow.quarkus.internal.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.RunEvent;
import dev.pocketflow.internal.Thrown;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.internal.contract.FlowContracts;
import dev.pocketflow.quarkus.internal.engine.HandOverPlanner.PackedRun;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.envelope.OpenEnvelope;
import dev.pocketflow.quarkus.internal.ledger.HopClaim;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.signal.SignalTokens;
import dev.pocketflow.quarkus.internal.telemetry.StepLog;

/**
 * The services that all invocations of a function share.
 *
 * @param executor makes the executor of an invocation that begins on the calling thread
 * @param watching whether an observer receives what nodes emit
 */
public record HopServices(FlowContracts contracts, HandOverPlanner planner, EnvelopeCodec envelopes, SignalTokens tokens,
        Ledger ledger,
        FailedRunStore park, StepLog log,
        Supplier<Executor> executor, InstantSource clock, Consumer<RunEvent> observers, boolean watching,
        Consumer<RunSuspended> suspended) {

    /** Reasons that refuse a genuine envelope, which may be accepted later. */
    private static final Set<Reason> OURS = EnumSet.of(Reason.DRIFTED, Reason.TOO_MANY_HOPS, Reason.EXPIRED,
            Reason.UNKNOWN_FLOW);

    /**
     * {@return a claim on the hop of a run, which is yet to be made}
     *
     * @param poll how often the ledger is asked whether the run is cancelled, at most
     */
    HopClaim claim(HopMessage message, Duration poll) {
        Envelope run = message.envelope();
        return new HopClaim(ledger, new Ledger.Turn(run.run(), run.hop(), ledger.newOwner(), message.expires()), poll, clock);
    }

    /**
     * Sends a run.
     *
     * @return the token of a suspended run; else null
     * @throws FlowException if it cannot be sent, or an observer of a suspended run fails
     */
    String send(PackedRun packed) {
        String token = planner.send(packed);
        if (token != null) {
            tell(packed, token); // first: an observer that has the token can send the signal even if the rest fails
        }
        planner.expire(packed);
        log.handedOver(packed.message().envelope(), packed.to(), packed.signal());
        return token;
    }

    private void tell(PackedRun packed, String token) {
        Envelope envelope = packed.message().envelope();
        try {
            suspended.accept(new RunSuspended(envelope.run(), packed.to(), packed.signal(), envelope.until(), token,
                    envelope.store()));
        } catch (RuntimeException | Error e) {
            if (Thrown.isFatal(e)) {
                throw e;
            }
            throw new FlowException("run " + envelope.run() + " is not suspended, since an observer of RunSuspended failed: "
                    + e.getClass().getName(), e);
        }
    }

    /**
     * Performs a task with an envelope. A run that the task refuses is parked, so that it is not lost.
     *
     * @param envelope null if the run has none yet
     */
    <T> T parkIfRefused(byte[] envelope, Supplier<T> task) {
        try {
            return task.get();
        } catch (EnvelopeRefused refused) {
            if (envelope != null && !park.isNone() && OURS.contains(refused.reason())) {
                park(envelope, refused.reason());
            }
            throw refused;
        }
    }

    private void park(byte[] envelope, Reason reason) {
        OpenEnvelope run = OpenEnvelope.of(envelopes.seal(), envelope);
        FailedRunStore.Message message = new FailedRunStore.Message(run.run(), run.hop(), run.flow(), null, reason.name(),
                envelope, true);
        try {
            log.parked(message, park.park(message));
        } catch (RuntimeException | LinkageError e) {
            log.unparked(message.run(), e);
        }
    }
}
