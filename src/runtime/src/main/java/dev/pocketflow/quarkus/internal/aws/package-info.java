/**
 * Clients of the AWS SDK, and the meaning of its errors for the run. Ground floor: every package may call it. Nothing here is
 * loaded without the SDK.
 */
package dev.pocketflow.quarkus.internal.aws;
