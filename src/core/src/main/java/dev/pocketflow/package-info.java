/**
 * The model: nodes with {@code prep}, {@code exec} and {@code post}, flows as graphs of named nodes, one shared store, and
 * actions as edges. Nothing here knows a framework: a {@link dev.pocketflow.Flow} runs on each JVM and in native images.
 *
 * <p>
 * Parameters and results are never {@code null} unless they are {@code @Nullable}.
 */
@NullMarked
package dev.pocketflow;

import org.jspecify.annotations.NullMarked;
