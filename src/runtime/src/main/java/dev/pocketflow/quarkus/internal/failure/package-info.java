/**
 * The report of a failed run, and what of a failure production may log.
 * The engine and the log call it.
 */
package dev.pocketflow.quarkus.internal.failure;
