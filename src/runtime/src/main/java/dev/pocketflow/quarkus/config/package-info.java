/**
 * The configuration of a function, and the rules its values have to meet.
 * Applications set it by keys; only our own packages read these types.
 */
package dev.pocketflow.quarkus.config;
