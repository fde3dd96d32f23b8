/**
 * The stores of failed runs: a log, a directory, a queue.
 * The engine calls it.
 */
package dev.pocketflow.quarkus.internal.park;
