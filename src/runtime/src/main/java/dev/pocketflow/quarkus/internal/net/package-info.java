/**
 * What a failed connection or HTTP request tells about the fate of its message.
 * Ground floor: every package may call it.
 */
package dev.pocketflow.quarkus.internal.net;
