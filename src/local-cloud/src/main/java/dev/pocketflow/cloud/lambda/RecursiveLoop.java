package dev.pocketflow.cloud.lambda;

/**
 * A function's setting for recursive loops, as in {@code PutFunctionRecursionConfig} and in {@code RecursiveLoop} of the
 * templates.
 */
public enum RecursiveLoop {

    /** The 17th invocation in one chain is stopped: refused if synchronous, discarded if asynchronous. */
    TERMINATE,

    /** The chain continues. */
    ALLOW
}
