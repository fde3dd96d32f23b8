/**
 * The contract of a flow at run time: the check of an input, and its JSON Schema.
 * The engine and entry points call it.
 */
package dev.pocketflow.quarkus.internal.contract;
