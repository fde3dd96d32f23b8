/**
 * Executes hops: claims a hop, runs the flow, sends the run on or stores its failure, and records the outcome.
 * Entry points call it.
 */
package dev.pocketflow.quarkus.internal.engine;
