/**
 * The timers that resume runs: in this process, by SQS, by EventBridge Scheduler.
 * The engine calls it.
 */
package dev.pocketflow.quarkus.internal.timer;
