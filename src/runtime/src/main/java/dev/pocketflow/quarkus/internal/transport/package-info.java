/**
 * The transports of envelopes to the next invocation: HTTP, Lambda, SQS.
 * The engine and the timers call it.
 */
package dev.pocketflow.quarkus.internal.transport;
