package dev.pocketflow.internal;

/**
 * Checked exceptions that a proxy had to wrap, because the intercepted method does not declare them. An example is an interrupt
 * in a node whose {@code exec} is intercepted. The wrapper says nothing about the failure.
 */
public final class UndeclaredThrowables {

    private static final String SUFFIX = "UndeclaredThrowableException";
    private static final int MOST = 20; // bounds nested wrappers, whose causes may form a cycle

    private UndeclaredThrowables() {
    }

    /** {@return the failure itself} Each kind of proxy has its own wrapper class, whose name ends with the suffix. */
    public static Throwable unwrapped(Throwable failure) {
        Throwable unwrapped = failure;
        for (int i = 0; i < MOST && unwrapped.getClass().getName().endsWith(SUFFIX); i++) {
            Throwable cause = Thrown.cause(unwrapped);
            if (cause == null) {
                return unwrapped;
            }
            unwrapped = cause;
        }
        return unwrapped;
    }
}
