/**
 * The configuration of a function, and the rules for its values. Applications set it by keys. Only PocketFlow's own packages
 * use these types.
 */
@NullMarked
package dev.pocketflow.quarkus.config;

import org.jspecify.annotations.NullMarked;
