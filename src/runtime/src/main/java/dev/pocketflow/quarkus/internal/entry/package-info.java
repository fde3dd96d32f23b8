/**
 * The Lambda entry point, and what every entry point shares: events become an
 * {@link dev.pocketflow.quarkus.internal.engine.EntryEvent}.
 * The HTTP entry point and the wiring call it.
 */
package dev.pocketflow.quarkus.internal.entry;
