/**
 * Amazon SQS on this machine: the queues, and the client that the local cloud itself uses. Tests call
 * {@link dev.pocketflow.cloud.sqs.LocalSqs}. The other packages of this module call the client.
 */
package dev.pocketflow.cloud.sqs;
