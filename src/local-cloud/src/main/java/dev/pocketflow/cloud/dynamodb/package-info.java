/**
 * Amazon DynamoDB on this machine, which needs {@code node}. Everybody may call
 * {@link dev.pocketflow.cloud.dynamodb.LocalDynamo}.
 */
package dev.pocketflow.cloud.dynamodb;
