/**
 * What authors of flows test with: {@link dev.pocketflow.testing.ScriptedModel}, a chat model that answers from a script;
 * {@link dev.pocketflow.testing.LocalLambda}, a Lambda that runs functions as local processes or in this one; and
 * {@link dev.pocketflow.testing.LocalCloud}, which has SQS and S3 beside it. All listen on 127.0.0.1 only. Nothing here needs
 * Quarkus, a container, a key or a network.
 */
package dev.pocketflow.testing;
