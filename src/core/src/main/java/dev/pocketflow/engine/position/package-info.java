/**
 * The position of a run, as data. The engine makes and reads positions, and the Quarkus extension writes them as JSON. This
 * package knows neither of them.
 */
@NullMarked
package dev.pocketflow.engine.position;

import org.jspecify.annotations.NullMarked;
