package dev.pocketflow;

import java.util.concurrent.CancellationException;
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
        /** @param slot tells whether the item is still wanted */
        void work(int index, Slot slot);
    }

    private final int size;
    private final Item item;
    private final Slot[] slots;
    private final Slot parent;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private Throwable failure;

    private Fork(int size, int width, Slot parent, Item item) {
        this.size = size;
        this.parent = parent;
        this.item = item;
        this.slots = new Slot[Math.min(size, width)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(parent);
        }
        this.open = new CountDownLatch(size);
    }

    /** @param parent the slot that the caller's thread is in */
    static void each(int size, int width, Executor executor, Slot parent, Item item) throws InterruptedException {
        Fork fork = new Fork(size, width, parent, item);
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
                    item.work(i, slot);
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
        } else if (failure != e && !echo(e) && !echo(e.getCause())) {
            failure.addSuppressed(e);
        }
    }

    /** Whether this only says that the others were stopped here. */
    private static boolean echo(Throwable e) {
        return e instanceof InterruptedException || e instanceof FlowException.Stopped;
    }

    /**
     * An interrupt of the caller is one more failure, also where its own item ignored it, and the threads are still waited for.
     */
    private void await() {
        if (parent.cancelled()) {
            fail(new CancellationException());
        }
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
