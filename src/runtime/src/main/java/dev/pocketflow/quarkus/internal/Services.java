package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What the invocations of a function share.
 *
 * @param ledger null where there is none
 * @param poll how often a run is asked about at the ledger, at most
 * @param park null where failed runs go to the caller only
 */
record Services(Dispatch dispatch, Envelopes envelopes, Tokens tokens, Ledger ledger, Duration poll, Park park, StepLog log,
        Executor executor, InstantSource clock) {
}
