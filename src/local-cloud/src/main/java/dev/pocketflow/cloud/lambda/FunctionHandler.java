package dev.pocketflow.cloud.lambda;

/**
 * A function in this process, see {@link FunctionSpec#handler(FunctionHandler)}. Several threads call it at once, up to the
 * function's concurrency.
 */
@FunctionalInterface
public interface FunctionHandler {

    /**
     * Handles one event. When the function's time is over, its thread is interrupted and its result is ignored.
     *
     * @param event JSON
     * @return the response, JSON of at most 6 MiB; null is answered as {@code null}
     * @throws Exception a failed invocation, reported by its class and message as Lambda's Java runtime does
     */
    byte[] handle(byte[] event, FunctionContext context) throws Exception;
}
