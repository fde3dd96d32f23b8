/**
 * The status of runs: the record of it in the ledger, the reading, and the wait for a run's end.
 * The engine records it. The entry points read it.
 */
package dev.pocketflow.quarkus.internal.status;
