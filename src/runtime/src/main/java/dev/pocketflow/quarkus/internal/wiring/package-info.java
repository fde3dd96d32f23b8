/**
 * Makes the engine of a function from its configuration, when the application starts. Top floor: only generated code calls it.
 */
package dev.pocketflow.quarkus.internal.wiring;
