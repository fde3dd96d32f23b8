/**
 * Clients of the AWS SDK, and its errors in words that tell what they mean for the run.
 * Ground floor: every package may call it. Nothing here is loaded without the SDK.
 */
package dev.pocketflow.quarkus.internal.aws;
