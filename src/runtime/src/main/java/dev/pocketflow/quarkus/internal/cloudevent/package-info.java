/**
 * Attributes of CloudEvents 1.0, and the identity of an event.
 * Ground floor: every package may call it.
 */
package dev.pocketflow.quarkus.internal.cloudevent;
