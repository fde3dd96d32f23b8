/**
 * An HTTP server on loopback, and its threads. Only the stand-ins of this project call it: the scripted model and those in the
 * module {@code pocketflow-local-cloud}.
 */
package dev.pocketflow.testing.http;
