/**
 * Amazon EventBridge Scheduler on this machine, with one-time schedules. Everybody may call
 * {@link dev.pocketflow.cloud.scheduler.LocalScheduler}.
 */
package dev.pocketflow.cloud.scheduler;
