package dev.pocketflow;

/** A thread's stay in a piece of work, which another thread may interrupt while it lasts, and only then. */
final class Slot {

    private Thread thread;
    private boolean cancelled;
    private boolean interrupted;

    /** {@return whether to go on: false once cancelled} */
    synchronized boolean enter() {
        thread = cancelled ? null : Thread.currentThread();
        return !cancelled;
    }

    synchronized void leave() {
        thread = null;
        if (interrupted) {
            Thread.interrupted();
            interrupted = false;
        }
    }

    synchronized void cancel() {
        cancelled = true;
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
            interrupted = true;
        }
    }
}
