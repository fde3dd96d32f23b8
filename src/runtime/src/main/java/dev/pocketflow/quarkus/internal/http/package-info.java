/**
 * The HTTP entry point: admits requests by the memory they need, and streams the events of a run.
 * Only generated code and CDI call it; calls of MCP tools take their memory by its shares.
 */
package dev.pocketflow.quarkus.internal.http;
