package dev.pocketflow;

import java.time.Instant;

/**
 * A call of {@code exec} that failed.
 *
 * @param number the number of the call in its visit, or for its item, from 1
 * @param failed when it failed
 * @param error the class of its exception
 */
public record FailedAttempt(int number, Instant failed, String error) {
}
