/**
 * JSON that is exact, bounded and canonical (RFC 8785).
 * Ground floor: every package may call it, and it calls none of ours but the core.
 */
package dev.pocketflow.quarkus.internal.json;
