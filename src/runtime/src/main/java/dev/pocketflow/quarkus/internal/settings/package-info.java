/**
 * Spellings of configuration names that environment variables have lost.
 * Ground floor: every package may call it.
 */
package dev.pocketflow.quarkus.internal.settings;
