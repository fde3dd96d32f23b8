package dev.pocketflow;

/**
 * Checked exceptions that a proxy had to wrap, since the method that it stands for does not declare them: an interrupt, for
 * one, that reaches a node whose {@code exec} is intercepted. The wrapper says nothing about the failure.
 */
final class Undeclared {

    private static final String SUFFIX = "UndeclaredThrowableException";

    private Undeclared() {
    }

    /** {@return the failure itself; each kind of proxy has a wrapper of its own, named alike} */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getClass().getName().endsWith(SUFFIX)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
