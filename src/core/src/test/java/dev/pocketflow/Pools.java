package dev.pocketflow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Executors that end with the test. */
public final class Pools implements AfterEachCallback {

    private final List<ExecutorService> open = new CopyOnWriteArrayList<>();

    public ExecutorService threads(int size) {
        return closing(Executors.newFixedThreadPool(size));
    }

    ExecutorService unbounded() {
        return closing(Executors.newCachedThreadPool());
    }

    ExecutorService closing(ExecutorService pool) {
        open.add(pool);
        return pool;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(ExecutorService::shutdownNow);
    }
}
