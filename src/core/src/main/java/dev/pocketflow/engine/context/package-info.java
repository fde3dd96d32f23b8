/**
 * The state that all parts of a run share: its options, limits and clock, the path of its steps, and the visit that a node
 * sees.
 * The engine calls it, and the runtime enters visits and reads the secrets of a store by it.
 */
package dev.pocketflow.engine.context;
