/**
 * The log of steps and runs, and the count of tokens that models report.
 * The engine calls it.
 */
package dev.pocketflow.quarkus.internal.telemetry;
