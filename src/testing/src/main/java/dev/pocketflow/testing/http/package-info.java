/**
 * An HTTP server on loopback, and its threads. The scripted model, the local cloud, the Dev Services of the extension and tests
 * that serve a stand-in call it.
 */
package dev.pocketflow.testing.http;
