/**
 * Values as JSON: the mapper, the types of keys, and the check that a value survives a hop to another process. Core and the
 * Quarkus extension call it; authors of flows do not, and it may change at any time.
 */
package dev.pocketflow.internal.json;
