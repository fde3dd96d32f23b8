/**
 * The seal of an envelope: a detached JWS over canonical JSON, or a JWE. Every reader and writer of an envelope or a token
 * calls it.
 */
package dev.pocketflow.quarkus.internal.seal;
