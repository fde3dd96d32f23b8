/**
 * The flows that are served over HTTP as OpenAPI operations. It is part of an application that has quarkus-smallrye-openapi.
 */
package dev.pocketflow.quarkus.internal.openapi;
