/**
 * Makes the engine of a function from its configuration, when the application starts.
 * This is the top of the house: generated code calls it, and no other package does.
 */
package dev.pocketflow.quarkus.internal.wiring;
