package dev.pocketflow.quarkus;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.Store;

/**
 * A CDI event that says that a run waits for a signal. An observer of it asks a person or a system to send the signal.
 * <p>
 * The event is fired before the run is recorded as suspended. It may be fired twice: an invocation may fail between the two. If
 * an observer throws, the run is not suspended. Then the run is delivered again, or it fails and is parked.
 *
 * @param run the run's ULID
 * @param flow the name of the flow that resumes
 * @param signal the signal's name
 * @param until when the run resumes without the signal; {@code null} for never
 * @param token the token that the signal must carry. Whoever holds the token can send the signal: keep it out of logs
 * @param store the run's store, to read from
 */
public record RunSuspended(String run, String flow, String signal, @Nullable Instant until, String token, Store store) {

    /** {@return a text without token and store, because texts may reach a log} */
    @Override
    public String toString() {
        return "RunSuspended[run=" + run + ", flow=" + flow + ", signal=" + signal + ", until=" + until + "]";
    }
}
