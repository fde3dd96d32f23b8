package dev.pocketflow.internal;

import java.util.function.Supplier;

/** Reads of exceptions. Their methods may be an author's or a library's, and fail themselves. */
public final class Thrown {

    private Thrown() {
    }

    /** {@return whether it is an out-of-memory or internal error of the virtual machine, which is nobody's failure} */
    public static boolean isFatal(Throwable e) {
        return e instanceof VirtualMachineError && !(e instanceof StackOverflowError);
    }

    /** {@return its message; the name of its class if it has none, or cannot say it} */
    public static String message(Throwable e) {
        String message = read(e::getMessage);
        return message == null ? e.getClass().getName() : message;
    }

    /** {@return its cause; {@code null} if it has none, or cannot say it} */
    public static Throwable cause(Throwable e) {
        return read(e::getCause);
    }

    /** {@return its stack trace; empty if it cannot say it} */
    public static StackTraceElement[] frames(Throwable e) {
        StackTraceElement[] frames = read(e::getStackTrace);
        return frames == null ? new StackTraceElement[0] : frames;
    }

    /** {@return what the supplier gives; {@code null} if it fails} */
    public static <T> T read(Supplier<T> value) {
        try {
            return value.get();
        } catch (RuntimeException | Error e) {
            if (isFatal(e)) {
                throw e;
            }
            return null; // the failure that is read is the one to tell of
        }
    }

    /** Throws an out-of-memory or internal error of the virtual machine as it is: it is nobody's failure. */
    public static void throwIfFatal(Throwable e) {
        if (isFatal(e)) {
            throw (Error) e;
        }
    }
}
