/** The report of a failed run, and the part of a failure that production may log. The engine and the log call it. */
package dev.pocketflow.quarkus.internal.failure;
