package dev.pocketflow;

import java.time.Duration;

/** What is done where {@code exec} fails for good in this invocation. */
record Retry(Duration delay, int times) {
}
