/**
 * Tools that know no flow: threads, cancellation, identifiers, and texts for logs and messages. Core and the Quarkus extension
 * call them; authors of flows do not, and they may change at any time.
 */
package dev.pocketflow.internal;
