/**
 * Test resources for integration tests of Quarkus applications. Only this package needs Quarkus, which such a test has on its
 * class path anyway. Everybody may call its public types.
 */
package dev.pocketflow.cloud.quarkus;
