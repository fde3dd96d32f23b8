/** Matches names in settings with their spellings in environment variables. Ground floor: every package may call it. */
package dev.pocketflow.quarkus.internal.settings;
