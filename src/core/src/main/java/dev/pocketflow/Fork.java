package dev.pocketflow;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work on numbered items by several threads, the caller's among them: so it ends on a pool of any size, also when forks nest.
 * The first failure interrupts the others and keeps theirs as suppressed; the caller waits for all that began.
 */
final class Fork {

    interface Item {
        void work(int index);
    }

    private final int size;
    private final Item item;
    private final Slot[] slots;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private Throwable failure;

    private Fork(int size, int width, Item item) {
        this.size = size;
        this.item = item;
        this.slots = new Slot[Math.min(size, width)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot();
        }
        this.open = new CountDownLatch(size);
    }

    static void each(int size, int width, Executor executor, Item item) throws InterruptedException {
        Fork fork = new Fork(size, width, item);
        fork.start(executor);
        fork.work(fork.slots[0]);
        fork.await();
        if (fork.failure instanceof InterruptedException interrupted) {
            throw interrupted;
        } else if (fork.failure instanceof Error error) {
            throw error;
        } else if (fork.failure != null) {
            throw (RuntimeException) fork.failure;
        }
    }

    private void start(Executor executor) {
        try {
            for (int i = 1; i < slots.length; i++) {
                Slot slot = slots[i];
                executor.execute(() -> work(slot));
            }
        } catch (RejectedExecutionException e) {
            // the pool is full or gone: the threads that did start, at least the caller's, take all items
        }
    }

    private void work(Slot slot) {
        for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
            if (slot.enter()) {
                try {
                    item.work(i);
                } catch (Throwable e) {
                    fail(e);
                } finally {
                    slot.leave();
                }
            }
            open.countDown();
        }
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
            for (Slot slot : slots) {
                slot.cancel();
            }
        } else if (failure != e && !(e instanceof InterruptedException || e.getCause() instanceof InterruptedException)) {
            failure.addSuppressed(e); // but for those that only say that they were interrupted here
        }
    }

    /** An interrupt of the caller is one more failure, and its threads are still waited for. */
    private void await() {
        boolean interrupted = false;
        while (true) {
            try {
                open.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                fail(e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
