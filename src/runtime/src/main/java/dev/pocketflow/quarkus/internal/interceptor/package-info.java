/**
 * CDI interceptors that count the attempts of a node and make its visit visible to it.
 * The container calls them.
 */
package dev.pocketflow.quarkus.internal.interceptor;
