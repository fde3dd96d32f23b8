package dev.pocketflow.cloud.lambda;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaInvocation;

/**
 * An execution environment of a function. It serves one event at a time and is used by one thread at a time. Any thread may
 * close it.
 */
interface Environment extends AutoCloseable {

    /** Invokes the function with the event. Returns null if the environment was about to end and never took the event. */
    InvokeResult serve(LambdaInvocation invocation) throws InterruptedException;

    /** Returns true if it can take another event. */
    boolean isUsable();

    /**
     * Kills its process. An invocation that runs in it fails.
     *
     * @return false if it has no process
     */
    boolean kill();

    @Override
    void close();
}
