/**
 * The function on AWS Lambda: direct events, HTTP events, and events of other services.
 * Only AWS Lambda calls it.
 */
package dev.pocketflow.quarkus.internal.lambda;
