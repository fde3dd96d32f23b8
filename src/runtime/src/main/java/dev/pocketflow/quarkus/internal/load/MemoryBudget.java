package dev.pocketflow.quarkus.internal.load;

import java.util.concurrent.atomic.AtomicLong;

/** An amount of memory, in bytes, that is taken in parts and given back. Thread-safe. */
public final class MemoryBudget {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    public MemoryBudget(long most) {
        this.most = most;
    }

    public long most() {
        return most;
    }

    /** {@return whether the memory was free; if not, nothing is taken} */
    public boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    public long left() {
        return Math.max(0, most - taken.get());
    }

    public long taken() {
        return taken.get();
    }
}
