package dev.pocketflow.quarkus;

import java.util.Optional;

/**
 * The options of a start by {@link Flows}.
 *
 * @param idempotencyKey the same for every delivery of one request: with a ledger, the second one gets the outcome of the
 *        first.
 *        A key with another input is refused with 422. Empty for none
 * @param traceparent the W3C trace context that the run belongs to; empty for none
 * @param waits whether the call waits for the run
 */
public record StartOptions(Optional<String> idempotencyKey, Optional<String> traceparent, boolean waits) {

    /** Waits for the run. */
    public static final StartOptions NONE = new StartOptions(Optional.empty(), Optional.empty(), true);

    /**
     * The same options with an idempotency key.
     *
     * @param key not blank
     * @return new options
     * @throws IllegalArgumentException if the key is blank or {@code null}
     */
    public StartOptions withIdempotencyKey(String key) {
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException(
                    "an idempotency key must not be blank, was " + (key == null ? null : "'" + key + "'"));
        }
        return new StartOptions(Optional.of(key), traceparent, waits);
    }

    /**
     * The same options with a trace context.
     *
     * @param context the header {@code traceparent} (<a href="https://www.w3.org/TR/trace-context/">W3C</a>); another text is
     *        ignored
     * @return new options
     */
    public StartOptions withTraceparent(String context) {
        return new StartOptions(idempotencyKey, Optional.of(context), waits);
    }

    /**
     * The same options for a call that returns when the run has begun. Its input is checked and its first hop is claimed. The
     * run works on threads of this process, so this is not possible on AWS Lambda, which stops a function that has answered.
     *
     * @return new options
     */
    public StartOptions withoutWaiting() {
        return new StartOptions(idempotencyKey, traceparent, false);
    }
}
