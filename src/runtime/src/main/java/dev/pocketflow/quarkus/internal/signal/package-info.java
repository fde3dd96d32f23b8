/**
 * Signals to suspended runs, and the tokens that allow them.
 * Entry points and the engine call it.
 */
package dev.pocketflow.quarkus.internal.signal;
