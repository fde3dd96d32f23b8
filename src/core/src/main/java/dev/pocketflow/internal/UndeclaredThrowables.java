package dev.pocketflow.internal;

/**
 * Checked exceptions that a proxy had to wrap, since the method that it stands for does not declare them: an interrupt, for
 * one, that reaches a node whose {@code exec} is intercepted. The wrapper says nothing about the failure.
 */
public final class UndeclaredThrowables {

    private static final String SUFFIX = "UndeclaredThrowableException";
    private static final int MOST = 20; // wrappers in each other; a cause may lead back to its beginning

    private UndeclaredThrowables() {
    }

    /** {@return the failure itself; each kind of proxy has a wrapper of its own, named alike} */
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
