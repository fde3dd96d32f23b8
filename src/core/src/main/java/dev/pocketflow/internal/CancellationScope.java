package dev.pocketflow.internal;

/** A thread's stay in a piece of work, which another thread may interrupt while it lasts, and only then. */
public final class CancellationScope {

    private final CancellationScope parent; // of the work that this is a part of; null where it is all
    private Thread thread;
    private volatile boolean cancelled;
    private boolean interrupted;
    /** True after a step or an item was finished in this scope. */
    public boolean moved;

    public CancellationScope(CancellationScope parent) {
        this.parent = parent;
    }

    /** {@return whether to stop; asked at step boundaries, since an interrupt may have been ignored} */
    public boolean cancelled() {
        for (CancellationScope scope = this; scope != null; scope = scope.parent) {
            if (scope.cancelled) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether to go on: false once cancelled} */
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
