/** The interfaces that an application implements to extend the durable engine or its development. The extension calls them. */
@NullMarked
package dev.pocketflow.quarkus.spi;

import org.jspecify.annotations.NullMarked;
