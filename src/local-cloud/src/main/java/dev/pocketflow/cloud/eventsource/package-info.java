/**
 * The event source mapping of the local cloud: it receives messages from a queue and invokes a function with them. Tests
 * configure it with {@link dev.pocketflow.cloud.eventsource.EventSourceSpec}. {@code dev.pocketflow.cloud} starts it.
 */
package dev.pocketflow.cloud.eventsource;
