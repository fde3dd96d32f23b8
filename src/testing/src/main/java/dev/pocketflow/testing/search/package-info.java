/**
 * A stand-in for a web search, which searches a few pages. The Dev Services and the tests of functions call it.
 */
package dev.pocketflow.testing.search;
