/**
 * What authors of flows test with: {@link dev.pocketflow.testing.ScriptedModel}, a chat model that answers from a script, and
 * {@link dev.pocketflow.testing.LocalLambda}, a Lambda that runs functions as local processes. Both listen on 127.0.0.1 only.
 * Nothing here needs Quarkus, a container, a key or a network.
 */
package dev.pocketflow.testing;
