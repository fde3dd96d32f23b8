/**
 * The memory that an instance may use at once, in shares.
 * The entry points over HTTP and MCP and the wiring call it.
 */
package dev.pocketflow.quarkus.internal.load;
