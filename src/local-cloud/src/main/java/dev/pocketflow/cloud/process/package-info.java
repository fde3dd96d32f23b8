/**
 * Services that run as processes of their own beside the tests. Only the packages of this module that stand in for such a
 * service call it.
 */
package dev.pocketflow.cloud.process;
