/**
 * Reads from the failure of a connection or an HTTP request whether its message was sent. Ground floor: every package may call
 * it.
 */
package dev.pocketflow.quarkus.internal.net;
