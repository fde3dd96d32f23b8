/**
 * What an application meets besides the model: the exceptions and events of a function.
 * Applications may use all of it.
 */
package dev.pocketflow.quarkus;
