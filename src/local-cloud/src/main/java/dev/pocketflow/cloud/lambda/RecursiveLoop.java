package dev.pocketflow.cloud.lambda;

/**
 * Whether a function may be in a chain of invocations again and again, as set by {@code PutFunctionRecursionConfig} and
 * {@code RecursiveLoop} of the templates.
 */
public enum RecursiveLoop {

    /** The 17th invocation in one chain is stopped: refused when synchronous, given up on when asynchronous. */
    TERMINATE,

    /** The chain goes on. */
    ALLOW
}
