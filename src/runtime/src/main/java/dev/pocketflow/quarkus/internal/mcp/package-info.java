/**
 * Flows as tools of the Model Context Protocol: a call of a tool becomes a run. It is part of an application that has Quarkus
 * MCP Server. Only CDI and the wiring call it.
 */
package dev.pocketflow.quarkus.internal.mcp;
