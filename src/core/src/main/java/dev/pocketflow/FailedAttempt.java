package dev.pocketflow;

import java.time.Instant;

/**
 * A call of {@code exec} that failed.
 *
 * @param number which call of its visit, or of its item, from 1
 * @param failed when it failed
 * @param error the class of what it threw
 */
public record FailedAttempt(int number, Instant failed, String error) {
}
