package dev.pocketflow.quarkus.internal;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.pocketflow.StepEvent;
import dev.pocketflow.quarkus.RunSuspended;

/**
 * What the invocations of a function share.
 *
 * @param ledger null where there is none
 * @param park null where failed runs go to the caller only
 * @param executor gives the one for an invocation that begins on the calling thread
 * @param watching whether any of the observers is to know of what nodes emit
 */
record Services(Dispatch dispatch, Envelopes envelopes, Tokens tokens, Ledger ledger, Park park, StepLog log,
        Supplier<Executor> executor, InstantSource clock, Consumer<StepEvent> observers, boolean watching,
        Consumer<RunSuspended> suspended) {
}
