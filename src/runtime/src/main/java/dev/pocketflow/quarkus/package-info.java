/** The exceptions and events of a function, for applications. Applications may use all of it. */
package dev.pocketflow.quarkus;
