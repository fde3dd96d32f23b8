package dev.pocketflow.internal;

import java.util.function.Supplier;

/** Reads exceptions safely. Their methods may belong to an author or a library, and may throw. */
public final class Thrown {

    private Thrown() {
    }

    /** {@return whether it is an out-of-memory or internal error of the virtual machine, which is not a failure of the run} */
    public static boolean isFatal(Throwable e) {
        return e instanceof VirtualMachineError && !(e instanceof StackOverflowError);
    }

    /** {@return its message; the name of its class if it has none or the getter throws} */
    public static String message(Throwable e) {
        String message = read(e::getMessage);
        return message == null ? e.getClass().getName() : message;
    }

    /** {@return its cause; {@code null} if it has none or the getter throws} */
    public static Throwable cause(Throwable e) {
        return read(e::getCause);
    }

    /** {@return its stack trace; empty if the getter throws} */
    public static StackTraceElement[] frames(Throwable e) {
        StackTraceElement[] frames = read(e::getStackTrace);
        return frames == null ? new StackTraceElement[0] : frames;
    }

    /** {@return the supplier's value; {@code null} if it throws} */
    public static <T> T read(Supplier<T> value) {
        try {
            return value.get();
        } catch (RuntimeException | Error e) {
            if (isFatal(e)) {
                throw e;
            }
            return null; // the failure that is read matters more than this one
        }
    }

    /** Throws an out-of-memory or internal error of the virtual machine unchanged, since it is not a failure of the run. */
    public static void throwIfFatal(Throwable e) {
        if (isFatal(e)) {
            throw (Error) e;
        }
    }
}
