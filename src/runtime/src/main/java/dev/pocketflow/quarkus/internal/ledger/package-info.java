/**
 * The ledger: the record of which hops were claimed and completed, in memory, DynamoDB or Redis.
 * The engine calls it.
 */
package dev.pocketflow.quarkus.internal.ledger;
