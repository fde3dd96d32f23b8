/**
 * The engine: it walks a flow from an envelope to an outcome, step by step. {@link dev.pocketflow.Run} and the Quarkus
 * extension call it. Authors of flows do not. It may change at any time.
 */
package dev.pocketflow.engine;
