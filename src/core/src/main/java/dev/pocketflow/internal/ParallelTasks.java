package dev.pocketflow.internal;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work on numbered items by several threads. The caller's thread is one of them, so the work ends on a pool of any size, also
 * if forks nest. The first failure interrupts the other items and keeps their failures as suppressed. The caller waits for all
 * items that began.
 */
public final class ParallelTasks {

    public interface Item {
        /** @param scope tells whether the item is still wanted */
        void work(int index, CancellationScope scope);

        /** {@return whether a failure only says that the others were stopped} */
        default boolean isEcho(Throwable failure) {
            return failure instanceof InterruptedException;
        }
    }

    private final int size;
    private final Item item;
    private final CancellationScope[] scopes;
    private final CancellationScope parent;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private Throwable failure;

    private ParallelTasks(int size, int width, CancellationScope parent, Item item) {
        this.size = size;
        this.parent = parent;
        this.item = item;
        this.scopes = new CancellationScope[Math.min(size, width)];
        for (int i = 0; i < scopes.length; i++) {
            scopes[i] = new CancellationScope(parent);
        }
        this.open = new CountDownLatch(size);
    }

    /** @param parent the scope that the caller's thread is in */
    public static void each(int size, int width, Executor executor, CancellationScope parent, Item item)
            throws InterruptedException {
        ParallelTasks fork = new ParallelTasks(size, width, parent, item);
        fork.start(executor);
        fork.work(fork.scopes[0]);
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
            for (int i = 1; i < scopes.length; i++) {
                CancellationScope scope = scopes[i];
                executor.execute(() -> work(scope));
            }
        } catch (RejectedExecutionException e) {
            // the pool is full or gone: the threads that did start, at least the caller's, take all items
        }
    }

    private void work(CancellationScope scope) {
        for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
            if (scope.enter()) {
                try {
                    item.work(i, scope);
                } catch (Throwable e) {
                    fail(e);
                } finally {
                    scope.leave();
                }
            }
            open.countDown();
        }
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
            for (CancellationScope scope : scopes) {
                scope.cancel();
            }
        } else if (failure != e && !item.isEcho(e) && !item.isEcho(e.getCause())) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Waits for the threads. An interrupt of the caller is one more failure, even if the caller's own item ignored it. The wait
     * continues after it.
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
