package dev.pocketflow.cloud.lambda;

/**
 * A function that runs in this process, for {@link FunctionSpec#handler(FunctionHandler)}. Called by several threads at once,
 * up to the function's concurrency.
 */
@FunctionalInterface
public interface FunctionHandler {

    /**
     * Works on one event. When its time is over the thread is interrupted and what comes of it is not looked at any more.
     *
     * @param event JSON
     * @return the response, JSON of at most 6 MiB; null is answered as {@code null}
     * @throws Exception a failed invocation, reported by its class and message as Lambda's Java runtime does
     */
    byte[] handle(byte[] event, FunctionContext context) throws Exception;
}
