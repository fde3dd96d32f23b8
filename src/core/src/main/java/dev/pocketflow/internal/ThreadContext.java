package dev.pocketflow.internal;

import java.util.function.Supplier;

/** A value that is current on a thread. The first call that reads it creates it. */
public final class ThreadContext {

    private static final ThreadLocal<Supplier<?>> CURRENT = new ThreadLocal<>();

    private ThreadContext() {
    }

    /** {@return what is current on this thread; null for nothing} */
    public static Object get() {
        Supplier<?> current = CURRENT.get();
        return current == null ? null : current.get();
    }

    /**
     * Makes something current on this thread.
     *
     * @param next null for nothing
     * @return what was current before; null for nothing
     */
    @SuppressWarnings("unchecked") // every caller passes the same type of supplier
    public static <T> Supplier<T> swap(Supplier<T> next) {
        Supplier<?> before = CURRENT.get();
        CURRENT.set(next);
        return (Supplier<T>) before;
    }
}
