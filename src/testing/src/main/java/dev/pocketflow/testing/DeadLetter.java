package dev.pocketflow.testing;

/**
 * An event given up on after its last attempt.
 *
 * @param attempts how often the function was tried, the first time included
 * @param lastResult the failure that was the last
 */
public record DeadLetter(String function, String requestId, String payload, int attempts, InvokeResult lastResult) {
}
