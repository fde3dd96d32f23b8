/** What the Quarkus extension needs of core and nobody else should use: it may change at any time. */
package dev.pocketflow.internal;
