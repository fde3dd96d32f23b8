/** Configuration of a function. */
package dev.pocketflow.quarkus;
