package dev.pocketflow.quarkus.internal.engine;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.RunEvent;
import dev.pocketflow.internal.Thrown;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.signal.SignalTokens;
import dev.pocketflow.quarkus.internal.telemetry.StepLog;

/**
 * What the invocations of a function share.
 *
 * @param executor gives the one for an invocation that begins on the calling thread
 * @param watching whether any of the observers is to know of what nodes emit
 */
public record HopServices(HandOverPlanner dispatch, EnvelopeCodec envelopes, SignalTokens tokens, Ledger ledger,
        FailedRunStore park, StepLog log,
        Supplier<Executor> executor, InstantSource clock, Consumer<RunEvent> observers, boolean watching,
        Consumer<RunSuspended> suspended) {

    /** @throws FlowException if nobody can be told that the run waits, so that it must not */
    void tell(HandOverPlanner.Packed packed, String token) {
        Envelope envelope = packed.parcel().envelope();
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
}
