/**
 * The outcome of an invocation as JSON.
 * The engine makes it and entry points send it.
 */
package dev.pocketflow.quarkus.internal.response;
