/**
 * The envelope of a run: its members, and how they are written, sealed, opened and checked.
 * The engine and the packages around it call it.
 */
package dev.pocketflow.quarkus.internal.envelope;
