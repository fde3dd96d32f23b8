/**
 * Tools that do not depend on flows: threads, cancellation, identifiers, and texts for logs and messages. Core and the Quarkus
 * extension call them. Authors of flows do not. They may change at any time.
 */
package dev.pocketflow.internal;
