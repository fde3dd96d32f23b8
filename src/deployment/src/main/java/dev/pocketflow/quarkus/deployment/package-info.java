/** The build steps of the extension. Only Quarkus calls them. */
package dev.pocketflow.quarkus.deployment;
