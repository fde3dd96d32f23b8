/**
 * An event's way through a function of the local Lambda, as values: the invocation, its attempts, its result, its error and its
 * trace header. Tests read the public results. The other packages of this module make them.
 */
package dev.pocketflow.cloud.invocation;
