package dev.pocketflow.quarkus;

import java.time.Instant;

import dev.pocketflow.Store;

/**
 * A run waits for a signal: a CDI event, for whoever tells the person or the system that is to send it. It is fired before the
 * run is recorded as suspended, and may come again where an invocation broke down in between; an observer that throws keeps the
 * run from being suspended, so that it is delivered again, or fails and is parked.
 *
 * @param run the run's ULID
 * @param flow the name of the flow that goes on
 * @param signal the signal's name
 * @param until when the run goes on without it; {@code null} for never
 * @param token what the signal has to come with. Whoever has it can send the signal: keep it from logs
 * @param store the run's, to read from
 */
public record RunSuspended(String run, String flow, String signal, Instant until, String token, Store store) {

    /** {@return no token and no store: these may be printed by accident} */
    @Override
    public String toString() {
        return "RunSuspended[run=" + run + ", flow=" + flow + ", signal=" + signal + ", until=" + until + "]";
    }
}
