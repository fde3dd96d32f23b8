/**
 * The memory that an instance may use at once, in shares.
 * The HTTP entry point and the wiring call it.
 */
package dev.pocketflow.quarkus.internal.load;
