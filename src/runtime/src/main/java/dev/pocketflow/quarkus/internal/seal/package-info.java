/**
 * The seal of an envelope: a detached JWS over canonical JSON, or a JWE.
 * Whoever reads or writes an envelope or a token calls it.
 */
package dev.pocketflow.quarkus.internal.seal;
