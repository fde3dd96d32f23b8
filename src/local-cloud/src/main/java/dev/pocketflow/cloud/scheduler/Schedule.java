package dev.pocketflow.cloud.scheduler;

import java.time.Instant;

/**
 * A one-time schedule of a {@link LocalScheduler}.
 *
 * @param group the group that it is in
 * @param name unique in the group
 * @param at when it invokes its target
 * @param target the ARN of what is invoked
 * @param role the ARN of the role as which that happens
 * @param deadLetterQueue the ARN of the queue for what cannot be delivered; null for none
 * @param input what the target gets, as it was handed in
 * @param deleted whether it is gone when it is over
 */
public record Schedule(String group, String name, Instant at, String target, String role, String deadLetterQueue, String input,
        boolean deleted) {
}
