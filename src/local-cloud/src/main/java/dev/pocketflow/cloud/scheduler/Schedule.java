package dev.pocketflow.cloud.scheduler;

import java.time.Instant;

/**
 * A one-time schedule of a {@link LocalScheduler}.
 *
 * @param group the name of its group
 * @param name unique in the group
 * @param at when it invokes its target
 * @param target the ARN of its target
 * @param role the ARN of the role that invokes the target
 * @param deadLetterQueue the ARN of the queue for undeliverable inputs; null without one
 * @param input the input for the target, as it was handed in
 * @param deleted whether it is deleted when it is over
 */
public record Schedule(String group, String name, Instant at, String target, String role, String deadLetterQueue, String input,
        boolean deleted) {
}
