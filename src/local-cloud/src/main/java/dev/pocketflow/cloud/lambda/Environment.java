package dev.pocketflow.cloud.lambda;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaInvocation;

/** What a function runs in, one event at a time. Used by one thread at a time, except that any may close it. */
interface Environment extends AutoCloseable {

    /** Has the function work on the event; null when it was about to end and never asked for it. */
    InvokeResult serve(LambdaInvocation invocation) throws InterruptedException;

    /** Whether it can take another event; if not, another environment has to. */
    boolean isUsable();

    /**
     * Ends its process, at any time and without asking; what it works on fails.
     *
     * @return false where there is no process of its own
     */
    boolean kill();

    @Override
    void close();
}
