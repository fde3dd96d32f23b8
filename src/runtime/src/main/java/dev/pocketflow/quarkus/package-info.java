/** The exceptions and events of a function, for applications. Applications may use all of it. */
@NullMarked
package dev.pocketflow.quarkus;

import org.jspecify.annotations.NullMarked;
