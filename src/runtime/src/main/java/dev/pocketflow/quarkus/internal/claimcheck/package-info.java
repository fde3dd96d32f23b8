/**
 * The claim checks: object storage for a store that exceeds its transport.
 * The codec of envelopes calls it.
 */
package dev.pocketflow.quarkus.internal.claimcheck;
