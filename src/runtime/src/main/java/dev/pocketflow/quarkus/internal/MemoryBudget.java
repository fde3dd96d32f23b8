package dev.pocketflow.quarkus.internal;

import java.util.concurrent.atomic.AtomicLong;

/** An amount of memory, in bytes, that is taken in parts and given back. Thread-safe. */
final class MemoryBudget {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    MemoryBudget(long most) {
        this.most = most;
    }

    long most() {
        return most;
    }

    /** {@return whether it was there; nothing is taken where it was not} */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long left() {
        return Math.max(0, most - taken.get());
    }

    long taken() {
        return taken.get();
    }
}
