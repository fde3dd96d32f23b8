/**
 * The Lambda entry point, and the parsing of events, which all entry points share. An event becomes an
 * {@link dev.pocketflow.quarkus.internal.engine.EntryEvent}. The entry points over HTTP and MCP, and the wiring, call it.
 */
package dev.pocketflow.quarkus.internal.entry;
