/**
 * JSON that is exact, bounded and canonical (RFC 8785). Ground floor: every package may call it. It calls the core and no other
 * package of ours.
 */
package dev.pocketflow.quarkus.internal.json;
