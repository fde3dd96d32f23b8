package dev.pocketflow.cloud.invocation;

/**
 * An event that Lambda discards: after its last attempt, because of its age, or because its chain went through the function too
 * often.
 *
 * @param payload the event as it was sent
 * @param condition why: {@link #RETRIES_EXHAUSTED}, {@link #EVENT_AGE_EXCEEDED} or {@link #RECURSIVE_INVOCATION}
 * @param attempts how often the function was tried, the first time included
 * @param lastResult the failure that was the last; without any attempt, one that names the condition
 * @param invocationRecord what an on-failure destination is sent: a JSON document with {@code requestContext},
 *        {@code requestPayload}, {@code responseContext} and {@code responsePayload}, the latter two only when there was an
 *        attempt
 */
public record DeadLetter(String function, String requestId, String payload, String condition, int attempts,
        InvokeResult lastResult, String invocationRecord) {

    /** The function failed in every allowed attempt. */
    public static final String RETRIES_EXHAUSTED = "RetriesExhausted";
    /** The event exceeded {@link dev.pocketflow.cloud.lambda.FunctionSpec#maximumEventAge} before an attempt. */
    public static final String EVENT_AGE_EXCEEDED = "EventAgeExceeded";
    /**
     * The chain was stopped, see {@link dev.pocketflow.cloud.lambda.RecursiveLoop}. Lambda does not document the name that it
     * uses in the record.
     */
    public static final String RECURSIVE_INVOCATION = "RecursiveInvocation";
}
