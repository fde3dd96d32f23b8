/**
 * The URLs of functions. Tests and the command {@code infra/local/cloud} call it.
 */
package dev.pocketflow.cloud.url;
