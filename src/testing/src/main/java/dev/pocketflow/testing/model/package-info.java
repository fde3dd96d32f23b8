/**
 * The HTTP server of the scripted model: OpenAI's API on loopback, and the client for a model that runs elsewhere. Authors of
 * flows meet {@link dev.pocketflow.testing.model.ModelRequest} here. {@code dev.pocketflow.testing} calls the rest.
 */
package dev.pocketflow.testing.model;
