package dev.pocketflow.internal;

/** A piece of work on one thread. Another thread may interrupt the thread while it does this work, and only then. */
public final class CancellationScope {

    private final CancellationScope parent; // of the work that this is a part of; null for the whole run
    private Thread thread;
    private volatile boolean cancelled;
    private boolean interrupted;
    /** True after a step or an item was finished in this scope. */
    public boolean moved;

    public CancellationScope(CancellationScope parent) {
        this.parent = parent;
    }

    /** {@return whether the work must stop; asked between steps, since a step can ignore its interrupt} */
    public boolean cancelled() {
        for (CancellationScope scope = this; scope != null; scope = scope.parent) {
            if (scope.cancelled) {
                return true;
            }
        }
        return false;
    }

    /** Begins the work on the calling thread. {@return whether to do it: false once cancelled} */
    public synchronized boolean enter() {
        thread = cancelled ? null : Thread.currentThread();
        return !cancelled;
    }

    public synchronized void leave() {
        thread = null;
        if (interrupted) {
            Thread.interrupted();
            interrupted = false;
        }
    }

    public synchronized void cancel() {
        cancelled = true;
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
            interrupted = true;
        }
    }
}
